import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { jointCounts } from '../contingency/joint-counts.js';
import { mutualInformation } from './entropy.js';
import { expectedMutualInformation } from './expected-mutual-information.js';

/** All orders of 0..n-1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, place) => [...rest.slice(0, place), n - 1, ...rest.slice(place)]),
  );
}
const orders = permutations(6);
const label = fc.integer({ min: 0, max: 3 });

test.prop(
  [fc.array(label, { minLength: 6, maxLength: 6 }), fc.array(label, { minLength: 6, maxLength: 6 })],
  { numRuns: 30 },
)('is the mean over all orders of the labels', (truth, predicted) => {
  let mean = 0;
  for (const order of orders)
    mean +=
      mutualInformation(
        jointCounts(
          truth,
          order.map((i) => predicted[i]!),
          '',
        ),
      ) / orders.length;
  const { classSizes, clusterSizes, n } = jointCounts(truth, predicted, '');
  expect(expectedMutualInformation(classSizes, clusterSizes, n)).toBeCloseTo(mean, 12);
});

test('agrees with sampling for 3,000 objects, seed 4', () => {
  const random = randomSource(4);
  const n = 3000;
  const truth = Int32Array.from({ length: n }, () => random.integer(12));
  const predicted = Int32Array.from({ length: n }, () => random.integer(20));
  const { classSizes, clusterSizes } = jointCounts(truth, predicted, '');
  const samples = Array.from({ length: 100 }, () =>
    mutualInformation(
      jointCounts(
        truth,
        random.permutation(n).map((i) => predicted[i]!),
        '',
      ),
    ),
  );
  const mean = samples.reduce((a, b) => a + b) / samples.length;
  const deviation = Math.sqrt(samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / samples.length);
  // Five standard errors of the mean of 100.
  expect(Math.abs(expectedMutualInformation(classSizes, clusterSizes, n) - mean)).toBeLessThan(deviation / 2);
});

test('is that of the only possible table when one partition is one part, or all parts are single', () => {
  expect(expectedMutualInformation(Float64Array.of(50), Float64Array.of(20, 30), 50)).toBeCloseTo(0, 12);
  const singles = new Float64Array(100_000).fill(1);
  // ln n! is about a million here; the compensated sum keeps ten digits of its differences.
  expect(expectedMutualInformation(singles, singles, 100_000)).toBeCloseTo(Math.log(100_000), 8);
});
