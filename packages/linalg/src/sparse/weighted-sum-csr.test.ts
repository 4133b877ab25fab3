import { denseMatrix, fromRows, randomSource, toCsr, toDense } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { weightedSumCsr } from './weighted-sum-csr.js';

const side = fc.integer({ min: 1, max: 12 });

test.prop([
  side,
  side,
  fc.array(fc.constantFrom(0, 0.5, 1, -2), { minLength: 1, maxLength: 4 }),
  fc.nat(1000),
])(
  'is the sum entry by entry, and sums of symmetric matrices are symmetric (m, n, weights, seed)',
  (m, n, weights, seed) => {
    const random = randomSource(seed);
    const matrices = weights.map(() => {
      const values = Float64Array.from({ length: m * n }, () =>
        random.uniform() < 0.6 ? 0 : random.normal(),
      );
      return denseMatrix(values, m, n);
    });
    const sum = weightedSumCsr(matrices.map(toCsr), weights);
    toDense(sum).values.forEach((x, p) =>
      expect(x).toBeCloseTo(
        matrices.reduce((total, { values }, g) => total + weights[g]! * values[p]!, 0),
        12,
      ),
    );
    const stored = new Set(
      matrices.flatMap(({ values }, g) =>
        weights[g] === 0 ? [] : [...values.keys()].filter((p) => values[p] !== 0),
      ),
    );
    expect(sum.values).toHaveLength(stored.size);
  },
);

test('no matrix, other shapes and a wrong number of weights are refused', () => {
  const a = toCsr(fromRows([[1, 2]]));
  const b = toCsr(fromRows([[1], [2]]));
  const shape = expect.objectContaining({ code: 'shape' }) as Error;
  expect(() => weightedSumCsr([])).toThrow(shape);
  expect(() => weightedSumCsr([a, b])).toThrow(shape);
  expect(() => weightedSumCsr([a, a], [1])).toThrow(shape);
});
