import {
  denseMatrix,
  gatherRows,
  permuteSymmetric,
  randomSource,
  toCsr,
  toDense,
  type DenseMatrix,
  type Matrix,
} from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  groupedSymmetric,
  positiveSymmetric,
  randomSymmetric,
  repeatedBlocks,
} from '../../tests/matrices.js';
import { operatorOf } from '../operators/operator-of.js';
import type { Eigenpairs } from './eigenpairs.js';
import { largestEigenRows } from './largest-eigen-rows.js';
import { largestEigenpairs } from './largest-eigenpairs.js';
import { symmetricEigen } from './symmetric-eigen.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });
const few = { numRuns: 4 };

/** Checks residuals against the tolerance and orthonormality against rounding. */
function expectEigenpairs(matrix: Matrix, { values, vectors }: Eigenpairs, tolerance: number): void {
  const n = matrix.rows;
  const k = values.length;
  const rows = Float64Array.from(
    { length: n * k },
    (_, p) => vectors.values[(p % n) * k + Math.floor(p / n)]!,
  );
  const images = new Float64Array(n * k);
  operatorOf(matrix).multiply(rows, images, k);
  for (let c = 0; c < k; c++) {
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (images[c * n + i]! - values[c]! * rows[c * n + i]!) ** 2;
    expect(Math.sqrt(squares)).toBeLessThan(tolerance);
    for (let b = 0; b <= c; b++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += rows[b * n + i]! * rows[c * n + i]!;
      expect(Math.abs(dot - (b === c ? 1 : 0))).toBeLessThan(1e-10);
    }
  }
}

describe.each([1, 2, 4, 9])('block size %i', (blockSize) => {
  test.prop([seed, fc.integer({ min: 121, max: 180 }), fc.integer({ min: 1, max: 20 })], few)(
    'agrees with the dense solver',
    (s, n, count) => {
      const random = randomSource(s);
      const matrix = randomSymmetric(n, random);
      const found = largestEigenpairs(matrix, { count, random, blockSize });
      // The norm of such a matrix is about 2 √n < 30.
      expectEigenpairs(matrix, found, 30 * 1e-8);
      const all = symmetricEigen(matrix).values;
      found.values.forEach((value, c) => expect(value).toBeCloseTo(all[c]!, 10));
    },
  );

  test.prop([seed, fc.integer({ min: 10, max: 20 })], { numRuns: 3 })(
    'finds all copies of repeated eigenvalues',
    (s, copies) => {
      const random = randomSource(s);
      const block = positiveSymmetric(20, random);
      const matrix = repeatedBlocks(block, copies);
      const found = largestEigenpairs(matrix, { count: copies + 5, random, blockSize });
      // The norm of such a block is below 2.
      expectEigenpairs(matrix, found, 2 * 1e-8);
      const one = symmetricEigen(block).values;
      found.values.forEach((value, c) => expect(value).toBeCloseTo(one[Math.floor(c / copies)]!, 10));
    },
  );
});

test.prop([seed], few)('dense, sparse and operator agree', (s) => {
  const matrix = groupedSymmetric(150, 5, randomSource(s));
  const options = { count: 8, tolerance: 1e-10 };
  const dense = largestEigenpairs(matrix, { ...options, random: randomSource(s) });
  const sparse = largestEigenpairs(toCsr(matrix), { ...options, random: randomSource(s) });
  const operator = largestEigenpairs(operatorOf(matrix), { ...options, random: randomSource(s) });
  for (let c = 0; c < 8; c++) {
    expect(sparse.values[c]).toBeCloseTo(dense.values[c]!, 9);
    expect(operator.values[c]).toBeCloseTo(dense.values[c]!, 9);
  }
});

test.prop([seed], few)(
  'one seed gives one answer to the last bit, another seed the same to the tolerance',
  (s) => {
    const matrix = groupedSymmetric(140, 4, randomSource(s));
    const run = (r: number): Eigenpairs => largestEigenpairs(matrix, { count: 5, random: randomSource(r) });
    expect(run(s)).toEqual(run(s));
    const other = run((s + 1) % 2 ** 32).values;
    run(s).values.forEach((value, c) => expect(other[c]).toBeCloseTo(value, 8));
  },
);

test.prop([seed], few)('vectors follow the rows when the start order does', (s) => {
  const n = 150;
  const matrix = groupedSymmetric(n, 4, randomSource(s));
  const order = randomSource(s).fork('order').permutation(n);
  const place = new Int32Array(n);
  order.forEach((from, to) => (place[from] = to));
  const before = largestEigenpairs(matrix, { count: 4, random: randomSource(1) });
  const after = largestEigenpairs(toDense(permuteSymmetric(toCsr(matrix), place)), {
    count: 4,
    random: randomSource(1),
    rowOrder: place,
  });
  // The same products in another order of summation.
  gatherRows(before.vectors, order).values.forEach((value, p) =>
    expect(after.vectors.values[p]).toBeCloseTo(value, 8),
  );
});

test('the whole spectrum of a matrix beyond the dense limit, seed 5', () => {
  const matrix = randomSymmetric(130, randomSource(5));
  const found = largestEigenpairs(matrix, { count: 130, random: randomSource(5) });
  symmetricEigen(matrix).values.forEach((value, c) => expect(found.values[c]).toBeCloseTo(value, 10));
});

test('zero, identity and rank-one matrices', () => {
  const n = 130;
  const flat = (f: (i: number, j: number) => number): DenseMatrix =>
    denseMatrix(
      Float64Array.from({ length: n * n }, (_, p) => f(Math.floor(p / n), p % n)),
      n,
      n,
    );
  const options = { count: 3, random: randomSource(1) };
  expect([
    ...largestEigenpairs(
      flat(() => 0),
      options,
    ).values,
  ]).toEqual([0, 0, 0]);
  for (const value of largestEigenpairs(
    flat((i, j) => (i === j ? 1 : 0)),
    options,
  ).values)
    expect(value).toBeCloseTo(1, 12);
  const ones = largestEigenpairs(
    flat(() => 1),
    options,
  );
  expect(ones.values[0]).toBeCloseTo(n, 9);
  expect(ones.values[1]).toBeCloseTo(0, 9);
  expectEigenpairs(
    flat(() => 1),
    ones,
    1e-8 * n,
  );
});

test('says so when it does not converge', () => {
  const matrix = randomSymmetric(300, randomSource(2));
  expect(() => largestEigenpairs(matrix, { count: 10, random: randomSource(2), maxRestarts: 0 })).toThrow(
    expect.objectContaining({ code: 'diverged' }),
  );
});

test('what is found is not given up while further copies are looked for', () => {
  const n = 150;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    values[i * n + i] = i < 12 ? 1 : i < 14 ? 0.99 - 0.01 * (i - 12) : 0.1 * Math.sin(i);
  // It takes 9 restarts to find these, and more than 60 to make sure that 1 has no further copy.
  const found = largestEigenpairs(denseMatrix(values, n, n), {
    count: 14,
    random: randomSource(3),
    maxRestarts: 20,
  });
  [...new Array<number>(12).fill(1), 0.99, 0.98].forEach((w, i) => expect(found.values[i]).toBeCloseTo(w, 9));
});

test.each([130, 300])('a thorough search of %i rows ends with a dense solver', (n) => {
  const matrix = randomSymmetric(n, randomSource(2));
  const options = { count: 10, random: randomSource(2), maxRestarts: 0 };
  expect(() => largestEigenRows(operatorOf(matrix), options)).toThrow(
    expect.objectContaining({ code: 'diverged' }),
  );
  const { values, rows } = largestEigenRows(operatorOf(matrix), { ...options, thorough: true });
  const all = symmetricEigen(matrix);
  for (let j = 0; j < 10; j++) {
    expect(values[j]).toBeCloseTo(all.values[j]!, 9);
    let dot = 0;
    for (let i = 0; i < n; i++) dot += rows[j * n + i]! * all.vectors.values[i * n + j]!;
    expect(Math.abs(dot)).toBeCloseTo(1, 9);
  }
});

test('stops on a signal', () => {
  const matrix = randomSymmetric(130, randomSource(2));
  expect(() =>
    largestEigenpairs(matrix, { count: 2, random: randomSource(2), signal: AbortSignal.abort() }),
  ).toThrow(expect.objectContaining({ code: 'aborted' }));
});

test.each([
  ['shape', denseMatrix(new Float64Array(6), 2, 3), {}],
  ['shape', denseMatrix(new Float64Array(0), 0, 0), {}],
  ['value', denseMatrix(Float64Array.of(0, Number.NaN, Number.NaN, 0), 2, 2), {}],
  ['value', denseMatrix(Float64Array.of(0, 1, 2, 0), 2, 2), {}],
  ['option', denseMatrix(new Float64Array(4), 2, 2), { count: 3 }],
  ['option', denseMatrix(new Float64Array(4), 2, 2), { tolerance: 0 }],
  ['option', denseMatrix(new Float64Array(4), 2, 2), { blockSize: 0.5 }],
  ['option', denseMatrix(new Float64Array(4), 2, 2), { maxRestarts: -1 }],
  ['option', denseMatrix(new Float64Array(4), 2, 2), { rowOrder: [0, 0] }],
])('refuses with %s', (code, matrix, options) => {
  expect(() => largestEigenpairs(matrix, { count: 1, random: randomSource(1), ...options })).toThrow(
    expect.objectContaining({ code }),
  );
});
