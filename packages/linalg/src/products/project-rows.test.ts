import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomMatrix } from '../../tests/matrices.js';
import { projectRows } from './project-rows.js';

test.prop([
  fc.integer({ min: 0, max: 11 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 0, max: 9 }),
  fc.boolean(),
  fc.nat(9999),
])(
  'coordinates are products of centred rows with directions; absent rows are zeros (n, d, count, flags, seed)',
  (n, d, count, flagged, seed) => {
    const random = randomSource(seed);
    const features = randomMatrix(n, d, random);
    const means = Float64Array.from({ length: d }, () => random.normal());
    const directions = Float64Array.from({ length: count * d }, () => random.normal());
    const present = flagged
      ? Uint8Array.from({ length: n }, () => (random.uniform() < 0.6 ? 1 : 0))
      : undefined;
    const projected = projectRows(features, { means, directions, present });
    expect([projected.rows, projected.columns]).toEqual([n, count]);
    projected.values.forEach((value, p) => {
      const [i, k] = [Math.floor(p / count), p % count];
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (features.values[i * d + j]! - means[j]!) * directions[k * d + j]!;
      expect(value).toBe(present?.[i] === 0 ? 0 : Math.fround(sum));
    });
  },
);

test('means, directions and flags that do not fit are refused', () => {
  const features = denseMatrix(new Float64Array(6), 2, 3);
  const [means, directions] = [new Float64Array(3), new Float64Array(6)];
  for (const wrong of [
    { means: new Float64Array(2), directions },
    { means, directions: new Float64Array(7) },
    { means, directions, present: new Uint8Array(3) },
  ])
    expect(() => projectRows(features, wrong)).toThrow(expect.objectContaining({ code: 'shape' }));
});
