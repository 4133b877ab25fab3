import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { kMeans } from './k-means.js';
import { subsampledKMeans } from './subsampled-k-means.js';

const seeds = fc.nat(999);

/** Row i is near corner `i % k` of a line. */
function corners(n: number, k: number, seed: number) {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: 2 * n }, (_, p) =>
    p % 2 === 0 ? 20 * (Math.floor(p / 2) % k) + random.normal() : random.normal(),
  );
  return denseMatrix(values, n, 2);
}

describe('subsampledKMeans', () => {
  test.prop([fc.integer({ min: 3, max: 30 }), fc.integer({ min: 0, max: 50 }), seeds], { numRuns: 20 })(
    'with a sample of all rows it is k-means (n, more, seed)',
    (n, more, seed) => {
      const points = corners(n, 3, seed);
      const options = { clusters: 3, random: randomSource(seed) };
      const all = kMeans(points, options);
      const { labels, centroids } = subsampledKMeans(points, { ...options, sampleSize: n + more });
      expect(labels).toEqual(all.labels);
      expect(centroids).toEqual(all.centroids);
    },
  );

  test.prop([seeds], { numRuns: 10 })(
    'centroids come from the sample alone, labels are those of the nearest for all rows (seed)',
    (seed) => {
      const points = corners(90, 3, seed);
      // Of 90 rows, 30 evenly spaced ones are every third: all of one corner.
      const { centroids } = subsampledKMeans(points, {
        clusters: 3,
        sampleSize: 30,
        random: randomSource(seed),
      });
      for (let c = 0; c < 3; c++) expect(Math.abs(centroids.values[2 * c]!)).toBeLessThan(6);
      const { labels } = subsampledKMeans(points, {
        clusters: 3,
        sampleSize: 40,
        random: randomSource(seed),
      });
      labels.forEach((label, i) => expect(label).toBe(labels[i % 3]));
      expect(new Set(labels).size).toBe(3);
    },
  );

  test('the sample has one row per cluster at least', () => {
    const points = fromRows([[0], [1], [2], [3]]);
    const { labels } = subsampledKMeans(points, { clusters: 4, sampleSize: 1, random: randomSource(1) });
    expect([...labels]).toEqual([0, 1, 2, 3]);
  });

  test.each([
    ['no rows', [], { clusters: 1 }, 'shape'],
    ['more clusters than rows', [[1]], { clusters: 2 }, 'option'],
    ['an empty sample', [[1]], { clusters: 1, sampleSize: 0 }, 'option'],
  ] as const)('%s is refused', (_, rows, options, code) => {
    const random = randomSource(1);
    expect(() => subsampledKMeans(fromRows(rows), { ...options, random })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
