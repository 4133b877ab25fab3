import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { fitHalfWhitening } from './half-whitening.js';
import { fitPca } from './pca.js';

test.prop([fc.integer({ min: 5, max: 30 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.nat(999)], {
  numRuns: 25,
})(
  'deviations are the square roots of those of the components, absent rows zero, and new rows go the same way (n, d, absent, seed)',
  (n, d, absent, seed) => {
    const random = randomSource(seed);
    const values = Float32Array.from({ length: n * d }, (_, p) => (1 + (p % d)) * random.normal());
    const x = denseMatrix(values, n, d);
    const present = absent ? Uint8Array.from({ length: n }, (_, i) => (i === 1 ? 0 : 1)) : undefined;
    const options = { components: d, present, random: randomSource(1) };
    const plain = fitPca(x, { ...options, random: randomSource(1) }).apply(x, present);
    const { transform, features } = fitHalfWhitening(x, options);
    const deviation = ({ values: all }: { values: ArrayLike<number> }, j: number) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += all[i * d + j]! ** 2;
      return Math.sqrt(sum / (absent ? n - 1 : n));
    };
    for (let j = 0; j < d; j++) expect(deviation(features, j)).toBeCloseTo(Math.sqrt(deviation(plain, j)), 3);
    if (absent) expect([...features.values.subarray(d, 2 * d)]).toEqual(Array(d).fill(0));
    transform
      .apply(x, present)
      .values.forEach((value, p) => expect(value).toBeCloseTo(features.values[p]!, 3));
  },
);

test('an axis without variance stays zero', () => {
  const x = denseMatrix(Float32Array.of(1, 2, 3, 5, 2, 4, 6, 10, 3, 6, 9, 15), 3, 4);
  const { features } = fitHalfWhitening(x, { components: 2, random: randomSource(1) });
  expect(features.values.every(Number.isFinite)).toBe(true);
  for (let i = 0; i < 3; i++) expect(features.values[2 * i + 1]).toBeCloseTo(0, 12);
});
