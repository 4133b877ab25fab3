import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { restoreTransform } from '../fitted/restore-transform.js';
import { nearestRows } from './nearest-rows.js';
import { fitNeighbourWhitening } from './neighbour-whitening.js';

/** Rows `[n, d]` of `clusters` groups whose centres differ in the first column by 10, of deviations 1. */
function groups(n: number, d: number, clusters: number, seed: number): DenseMatrix<Float64Array> {
  const random = randomSource(seed);
  const values = Float64Array.from(
    { length: n * d },
    (_, p) => random.normal() + (p % d === 0 ? 10 * (Math.floor(p / d) % clusters) : 0),
  );
  return denseMatrix(values, n, d);
}
const squared = ({ columns: d, values }: DenseMatrix, i: number, j: number) => {
  let sum = 0;
  for (let a = 0; a < d; a++) sum += (values[i * d + a]! - values[j * d + a]!) ** 2;
  return sum;
};
const sizes = fc.integer({ min: 2, max: 40 });
const widths = fc.integer({ min: 1, max: 4 });
const seeds = fc.nat(1000);

test.prop([sizes, widths, seeds, fc.integer({ min: 1, max: 8 })])(
  'nearest rows are those of sorting all distances (n, d, seed, count)',
  (n, d, seed, most) => {
    const rows = groups(n, d, 3, seed);
    const count = Math.min(most, n - 1);
    const nearest = nearestRows(rows.values, d, count);
    for (let i = 0; i < n; i++) {
      const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
      const sorted = others.sort((a, b) => squared(rows, i, a) - squared(rows, i, b) || a - b);
      expect([...nearest.subarray(i * count, (i + 1) * count)]).toEqual(sorted.slice(0, count));
    }
  },
);

describe('whitening by neighbours', () => {
  test.prop([seeds])('makes what tells clusters apart large, which standardising does not (seed)', (seed) => {
    const features = groups(200, 3, 2, seed);
    const { values } = fitNeighbourWhitening(features).apply(features);
    // Between the means of the clusters, and within them.
    let [between, within] = [0, 0];
    for (let j = 0; j < 3; j++) {
      const means = [0, 1].map(
        (k) =>
          Array.from({ length: 100 }, (_, i) => values[(2 * i + k) * 3 + j]!).reduce((a, b) => a + b) / 100,
      );
      between += (means[0]! - means[1]!) ** 2;
      for (let i = 0; i < 200; i++) within += (values[i * 3 + j]! - means[i % 2]!) ** 2 / 200;
    }
    // Standardised: 4 against 2.04, a ratio below 2. As drawn: 100 against 3.
    expect(between / within).toBeGreaterThan(4);
  });

  test.prop([widths, seeds])('has zero mean and mean square 1 (d, seed)', (d, seed) => {
    const features = groups(60, d, 2, seed);
    const { values } = fitNeighbourWhitening(features).apply(features);
    for (let j = 0; j < d; j++)
      expect(values.reduce((sum, x, p) => sum + (p % d === j ? x : 0), 0) / 60).toBeCloseTo(0, 4);
    expect(values.reduce((sum, x) => sum + x * x, 0) / values.length).toBeCloseTo(1, 4);
  });

  test.prop([widths, seeds, fc.constantFrom(1e-6, 0.3, 1e9)])(
    'does not depend on the units of a feature (d, seed, factor)',
    (d, seed, factor) => {
      const features = groups(50, d, 2, seed);
      const scaled = {
        ...features,
        values: features.values.map((x, p) => (p % d === 0 ? 5 + factor * x : x)),
      };
      const one = fitNeighbourWhitening(features).apply(features);
      const other = fitNeighbourWhitening(scaled).apply(scaled);
      for (let i = 1; i < 50; i++)
        expect(Math.abs(squared(one, 0, i) - squared(other, 0, i))).toBeLessThan(
          1e-3 * (1 + squared(one, 0, i)),
        );
    },
  );

  test.prop([widths, seeds])('comes back from a saved state bit for bit (d, seed)', (d, seed) => {
    const features = groups(30, d, 2, seed);
    const transform = fitNeighbourWhitening(features);
    expect(restoreTransform(transform.name, transform.state).apply(features)).toEqual(
      transform.apply(features),
    );
  });

  test('of few rows, of equal rows and of constant features is finite', () => {
    for (const rows of [
      [[1, 2]],
      [
        [1, 2],
        [3, 2],
      ],
      [
        [4, 2],
        [4, 2],
        [4, 2],
      ],
      Array.from({ length: 40 }, (_, i) => [i % 2, 7]),
    ]) {
      const features = denseMatrix(Float64Array.from(rows.flat()), rows.length, 2);
      expect(fitNeighbourWhitening(features).apply(features).values.every(Number.isFinite)).toBe(true);
    }
  });
});
