import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomMatrix } from '../../tests/matrices.js';
import { matrixProduct } from './matrix-product.js';
import { scaleMatrix } from './scale-matrix.js';
import { transposeMatrix } from './transpose-matrix.js';

const side = fc.integer({ min: 1, max: 7 });

test.prop([side, side, side, fc.nat(9999)])(
  'a transposed product is the product of transposes the other way round, and factors go through (n, d, m, seed)',
  (n, d, m, seed) => {
    const [a, b] = [randomMatrix(n, d, randomSource(seed)), randomMatrix(d, m, randomSource(seed + 1))];
    const product = matrixProduct(a, b);
    expect([product.rows, product.columns]).toEqual([n, m]);
    const other = matrixProduct(transposeMatrix(b), transposeMatrix(a));
    transposeMatrix(other).values.forEach((value, p) => expect(value).toBeCloseTo(product.values[p]!, 12));
    matrixProduct(scaleMatrix(a, 4), b).values.forEach((value, p) =>
      expect(value).toBe(4 * product.values[p]!),
    );
  },
);

test('sides that do not meet are refused', () => {
  const matrix = denseMatrix(new Float64Array(6), 2, 3);
  expect(() => matrixProduct(matrix, matrix)).toThrow(expect.objectContaining({ code: 'shape' }));
});
