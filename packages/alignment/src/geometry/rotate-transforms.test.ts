import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fitHalfWhitening } from '@crossmodal/transforms';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { rotateOnto } from './rotate-onto.js';
import { rotateTransforms } from './rotate-transforms.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const width = fc.integer({ min: 1, max: 5 });

test.prop([width, width, fc.nat(999)], { numRuns: 15 })(
  'features are rotated onto the reference, and the transform gives the same of the same rows (d, d of the reference, seed)',
  (d, e, seed) => {
    const random = randomSource(seed);
    const n = 12;
    const fitted = [e, d].map((columns, v) => {
      const x = denseMatrix(
        Float32Array.from({ length: n * columns }, () => random.normal()),
        n,
        columns,
      );
      return { ...fitHalfWhitening(x, { components: columns, random }), x, name: `m${v}` };
    });
    const [reference, rotated] = rotateTransforms(fitted, 0);
    expect(reference).toBe(fitted[0]);
    expect(rotated!.name).toBe('m1');
    expect(rotated!.features).toEqual(rotateOnto(fitted[1]!.features, fitted[0]!.features).features);
    const again = rotated!.transform.apply(rotated!.x);
    expect(again.columns).toBe(Math.max(d, e));
    again.values.forEach((value, p) => expect(value).toBeCloseTo(rotated!.features.values[p]!, 3));
  },
);
