import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { sinkhornKnopp } from './sinkhorn-knopp.js';

const seeds = fc.integer({ min: 0, max: 9999 });
const anySize = fc.record({
  n: fc.integer({ min: 1, max: 30 }),
  k: fc.integer({ min: 1, max: 6 }),
  seed: seeds,
});

function drawn(n: number, k: number, seed: number) {
  const random = randomSource(seed);
  const values = Float64Array.from({ length: n * k }, () => Math.exp(random.normal()));
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * k, (i + 1) * k);
    const mass = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, c) => (row[c] = value / mass));
  }
  return denseMatrix(values, n, k);
}

const sums = (values: Float64Array, count: number, at: (p: number) => number) => {
  const totals = new Float64Array(count);
  values.forEach((value, p) => (totals[at(p)]! += value));
  return totals;
};

describe('sinkhornKnopp', () => {
  test.prop([anySize, fc.double({ min: 0.1, max: 5, noNaN: true })], { numRuns: 50 })(
    'rows sum to 1 and columns to n / k',
    ({ n, k, seed }, power) => {
      const memberships = drawn(n, k, seed);
      const before = memberships.values.slice();
      const { values } = sinkhornKnopp(memberships, { power, tolerance: 1e-9, maxIterations: 5000 });
      sums(values, n, (p) => Math.floor(p / k)).forEach((sum) => expect(sum).toBeCloseTo(1, 9));
      sums(values, k, (p) => p % k).forEach((sum) => expect(sum).toBeCloseTo(n / k, 4));
      expect(memberships.values).toEqual(before);
    },
  );

  test.prop([anySize], { numRuns: 30 })(
    'is P^power scaled by rows and columns: cross ratios stay',
    ({ n, k, seed }) => {
      fc.pre(n > 1 && k > 1);
      const power = 1.5;
      const { values: p } = drawn(n, k, seed);
      const { values: q } = sinkhornKnopp(denseMatrix(p, n, k), { power });
      const ratio = (m: Float64Array, i: number, c: number) => (m[0]! * m[i * k + c]!) / (m[c]! * m[i * k]!);
      for (let i = 1; i < n; i++)
        for (let c = 1; c < k; c++) expect(ratio(q, i, c) / ratio(p, i, c) ** power).toBeCloseTo(1, 8);
    },
  );

  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 5 }), seeds], { numRuns: 30 })(
    'a high power finds the balanced partition that the memberships lean to (size, k, seed)',
    (size, k, seed) => {
      const labels = Int32Array.from(randomSource(seed).permutation(size * k), (i) => i % k);
      // The first cluster is everybody's favourite; each object's own is second, and leads among those that are left.
      const rows = Array.from(labels, (label) =>
        Array.from({ length: k }, (_, c) => (c === 0 ? 3 : 1) * (c === label ? 2 : 1)),
      );
      const { values } = sinkhornKnopp(fromRows(rows), { power: 60 });
      labels.forEach((label, i) => expect(values[i * k + label]).toBeGreaterThan(0.99));
    },
  );

  test.prop([anySize], { numRuns: 30 })('the order of the rows does not matter', ({ n, k, seed }) => {
    const memberships = drawn(n, k, seed);
    const order = randomSource(seed).permutation(n);
    const moved = denseMatrix(
      Float64Array.from(
        { length: n * k },
        (_, p) => memberships.values[order[Math.floor(p / k)]! * k + (p % k)]!,
      ),
      n,
      k,
    );
    const [a, b] = [sinkhornKnopp(memberships).values, sinkhornKnopp(moved).values];
    order.forEach((row, i) => {
      for (let c = 0; c < k; c++) expect(b[i * k + c]).toBeCloseTo(a[row * k + c]!, 6);
    });
  });

  test('one-hot rows that are not balanced still give finite targets of equal sizes', () => {
    const rows = Array.from({ length: 8 }, () => [1, 0]);
    const { values } = sinkhornKnopp(fromRows(rows));
    expect([...values]).toEqual(Array.from({ length: 16 }, () => expect.closeTo(0.5, 9)));
    expect(sinkhornKnopp(denseMatrix(new Float64Array(0), 0, 2)).values).toHaveLength(0);
  });

  test.each([
    ['a negative entry', () => sinkhornKnopp(fromRows([[1, -1]])), 'value'],
    ['a row of zeros', () => sinkhornKnopp(fromRows([[0, 0]])), 'value'],
    ['NaN', () => sinkhornKnopp(denseMatrix(Float64Array.of(Number.NaN, 1), 1, 2)), 'value'],
    ['a power of 0', () => sinkhornKnopp(fromRows([[1, 1]]), { power: 0 }), 'option'],
    ['a negative tolerance', () => sinkhornKnopp(fromRows([[1, 1]]), { tolerance: -1 }), 'option'],
    ['no round', () => sinkhornKnopp(fromRows([[1, 1]]), { maxIterations: 0 }), 'option'],
    ['an abort', () => sinkhornKnopp(fromRows([[1, 1]]), { signal: AbortSignal.abort() }), 'aborted'],
  ])('%s is refused', (_, run, code) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});
