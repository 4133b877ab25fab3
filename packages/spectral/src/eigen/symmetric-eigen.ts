import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite, checkSquare } from '../checks/checks.js';
import { columnsWithFixedSigns } from './fixed-signs.js';
import { tridiagonalise } from './tridiagonalise.js';
import { tridiagonalQl } from './tridiagonal-ql.js';

/** Eigenvalues in descending order and the eigenvectors that belong to them. */
export interface Eigenpairs {
  /** Eigenvalues, descending, `[count]`. */
  readonly values: Float64Array;
  /** Unit eigenvectors as columns, `[n, count]`; the entry of largest magnitude of each is positive. */
  readonly vectors: DenseMatrix<Float64Array>;
}

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
  checkSquare(matrix, 'symmetricEigen');
  checkFinite(matrix, 'symmetricEigen');
  const n = matrix.rows;
  const { values, rows } = symmetricEigenRows(Float64Array.from(matrix.values), n);
  return { values, vectors: denseMatrix(columnsWithFixedSigns(rows, n, n), n, n) };
}

/**
 * Eigenvalues, descending, and eigenvectors as rows (`[n, n]` row-major, signs as they come). Overwrites its input.
 *
 * @throws CrossmodalError `diverged` when QL does not converge, which finite input does not cause.
 */
export function symmetricEigenRows(
  work: Float64Array,
  n: number,
): { values: Float64Array; rows: Float64Array } {
  const { diagonal, offDiagonal, rotation } = tridiagonalise(work, n);
  if (!tridiagonalQl(diagonal, offDiagonal, rotation, n)) {
    throw new CrossmodalError({
      code: 'diverged',
      where: 'symmetricEigen',
      expected: 'implicit QL to converge in 60 sweeps an eigenvalue',
      received: `a ${n} x ${n} matrix on which it does not`,
      advice: 'Scale the matrix away from the limits of floating point.',
    });
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  const rows = new Float64Array(n * n);
  order.forEach((from, to) => rows.set(rotation.subarray(from * n, from * n + n), to * n));
  return { values: Float64Array.from(order, (i) => diagonal[i]!), rows };
}
