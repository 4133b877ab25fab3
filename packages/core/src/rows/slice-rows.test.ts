import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { denseMatrix } from '../matrix.js';
import { sliceRows } from './slice-rows.js';

const size = fc.integer({ min: 1, max: 6 });

test.prop([size, size, fc.nat(), fc.nat()])('a slice holds its rows', (rows, columns, a, b) => {
  const values = Float32Array.from({ length: rows * columns }, (_, p) => p);
  const first = a % (rows + 1);
  const end = first + (b % (rows - first + 1));
  const expected = denseMatrix(values.slice(first * columns, end * columns), end - first, columns);
  expect(sliceRows(denseMatrix(values, rows, columns), first, end)).toEqual(expected);
});

test.each([
  [-1, 1],
  [0, 9],
  [2, 1],
  [0.5, 1],
])('rows %d..%d of 3 are refused', (first, end) => {
  const matrix = denseMatrix(new Float32Array(3), 3, 1);
  expect(() => sliceRows(matrix, first, end)).toThrow(expect.objectContaining({ code: 'option' }));
});
