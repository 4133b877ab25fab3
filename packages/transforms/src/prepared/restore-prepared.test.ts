import { denseMatrix, randomSource, selectRows, vectors } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { prepareModality, restorePrepared } from '../index.js';

test.prop([fc.integer({ min: 1, max: 12 }), fc.nat(500), fc.boolean()])(
  'undoes a selection by a permutation, flags included (n, seed, gaps)',
  (n, seed, gaps) => {
    const random = randomSource(seed);
    const values = Float32Array.from({ length: 3 * n }, () => random.normal());
    const present = gaps ? Uint8Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 0 : 1)) : undefined;
    const modality = vectors('x', denseMatrix(values, n, 3), present);
    const { transform, ...expected } = prepareModality(modality);
    const order = random.permutation(n);
    const moved = selectRows(modality, order);
    const features = transform.apply(moved.features, moved.present);
    const flags = expected.present === undefined ? {} : { present: moved.present! };
    const { transform: kept, ...restored } = restorePrepared(
      { name: 'x', transform, features, ...flags },
      order,
    );
    expect(restored).toEqual(expected);
    expect(kept).toBe(transform);
  },
);
