import { csrMatrix, denseMatrix, randomSource, toCsr, toDense } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { sparseSymmetric } from '../../tests/matrices.js';
import { largestEigenRows } from '../eigen/largest-eigen-rows.js';
import { chebyshevFilter } from './chebyshev-filter.js';
import { operatorOf } from './operator-of.js';
import { partitionedOperator } from './partitioned-operator.js';
import type { WeightedPartition } from './weighted-partition.js';

function drawPartitions(n: number, count: number, seed: number): WeightedPartition[] {
  const random = randomSource(seed);
  return Array.from({ length: count }, (_, p) => {
    const clusters = 1 + Math.floor(4 * random.uniform());
    const labels = Int32Array.from({ length: n }, () => Math.floor(clusters * random.uniform()));
    return { labels, clusters, weight: 0.5 + p };
  });
}

test.prop(
  [
    fc.nat(0xffffffff),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 0, max: 4 }),
    fc.boolean(),
    fc.integer({ min: 1, max: 3 }),
  ],
  { numRuns: 15 },
)(
  'products and filters are those of the matrix written out (seed, n, partitions, scaled, threads)',
  (seed, n, count, scaled, threads) => {
    const random = randomSource(seed);
    const matrix = sparseSymmetric(n, 3, random);
    const partitions = drawPartitions(n, count, seed);
    const scale = scaled ? Float64Array.from({ length: n }, () => 0.5 + random.uniform()) : undefined;
    const full = Float64Array.from(toDense(matrix).values);
    for (const { labels, weight } of partitions)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) if (labels[i] === labels[j]) full[i * n + j]! += weight;
    const written = operatorOf(toCsr(denseMatrix(full, n, n)), scale);
    const operator = partitionedOperator(matrix, partitions, scale, { threads });
    const x = Float64Array.from({ length: 9 * n }, () => random.normal());
    const [found, expected] = [new Float64Array(9 * n), new Float64Array(9 * n)];
    operator.multiply(x, found, 9);
    written.multiply(x, expected, 9);
    found.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 9));
    const [filtered, looped] = [x.slice(), x.slice()];
    operator.filter!(filtered, 9, 3, { lower: -60, upper: 60 });
    chebyshevFilter({ size: n, multiply: written.multiply }, looped, {
      count: 9,
      degree: 3,
      lower: -60,
      upper: 60,
    });
    // Polynomials of degree 3 of entries up to about 10 n: rounding relative to the largest.
    const largest = looped.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    filtered.forEach((value, p) => expect(value / largest).toBeCloseTo(looped[p]! / largest, 11));
    operator.release!();
  },
);

test('eigenvectors of many rows: clusters of a partition without edges are found', () => {
  const n = 6000;
  const labels = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 1));
  const empty = csrMatrix(n, n, new Int32Array(n + 1), new Int32Array(0), new Float64Array(0));
  const operator = partitionedOperator(empty, [{ labels, clusters: 2, weight: 1 / n }]);
  const { values, rows } = largestEigenRows(operator, { count: 2, random: randomSource(1) });
  expect([...values].map((value) => Math.round(1e6 * value) / 1e6)).toEqual([0.666667, 0.333333]);
  for (let i = 0; i < n; i++)
    expect(Math.abs(rows[i]!)).toBeCloseTo(labels[i] === 1 ? 1 / Math.sqrt(4000) : 0, 6);
});

test('labels of another length and beyond the clusters are refused', () => {
  const matrix = sparseSymmetric(4, 1, randomSource(1));
  expect(() => partitionedOperator(matrix, drawPartitions(3, 1, 1))).toThrow(
    expect.objectContaining({ code: 'shape', where: 'partitionedOperator' }),
  );
  const beyond = { labels: Int32Array.of(0, 1, 2, 0), clusters: 2, weight: 1 };
  expect(() => partitionedOperator(matrix, [beyond])).toThrow(expect.objectContaining({ code: 'option' }));
  expect(() => partitionedOperator(matrix, [], new Float64Array(3))).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
});
