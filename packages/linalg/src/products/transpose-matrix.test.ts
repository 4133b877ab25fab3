import { denseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { transposeMatrix } from './transpose-matrix.js';

const size = fc.integer({ min: 1, max: 8 });

test.prop([size, size])('transposing twice gives the matrix back, and rows become columns', (n, d) => {
  const matrix = denseMatrix(
    Float64Array.from({ length: n * d }, (_, p) => p + 0.1),
    n,
    d,
  );
  const turned = transposeMatrix(matrix);
  expect([turned.rows, turned.columns]).toEqual([d, n]);
  expect(transposeMatrix(turned)).toEqual(matrix);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) expect(turned.values[j * n + i]).toBe(matrix.values[i * d + j]);
});
