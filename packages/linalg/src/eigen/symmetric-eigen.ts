import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '../checks/check-finite.js';
import { checkSquare } from '../checks/check-square.js';
import { columnsWithFixedSigns } from './columns-with-fixed-signs.js';
import type { Eigenpairs } from './eigenpairs.js';
import { symmetricEigenRows } from './symmetric-eigen-rows.js';

/**
 * All eigenpairs of a small symmetric matrix, M = U diag(w) Uᵀ, by Householder tridiagonalisation and implicit QL,
 * in O(n³). Only the lower triangle is read.
 *
 * @param matrix - `[n, n]`
 * @throws CrossmodalError `shape` when not square; `value` on NaN or infinite entries.
 * @example
 * ```ts
 * symmetricEigen(fromRows([[2, 1], [1, 2]])).values; // Float64Array [3, 1]
 * ```
 */
export function symmetricEigen(matrix: DenseMatrix): Eigenpairs {
  checkSquare('symmetricEigen', matrix);
  checkFinite('symmetricEigen', matrix.values);
  const n = matrix.rows;
  const { values, rows } = symmetricEigenRows(Float64Array.from(matrix.values), n);
  return { values, vectors: denseMatrix(columnsWithFixedSigns(rows, n, n), n, n) };
}
