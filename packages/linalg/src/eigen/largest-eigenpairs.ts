import { checkInteger, denseMatrix, type Matrix } from '@crossmodal/core';
import { checkSymmetric } from '../checks/check-symmetric.js';
import { operatorOf } from '../operators/operator-of.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import { columnsWithFixedSigns } from './columns-with-fixed-signs.js';
import type { EigenpairOptions } from './eigenpair-options.js';
import type { Eigenpairs } from './eigenpairs.js';
import { largestEigenRows } from './largest-eigen-rows.js';

/**
 * The largest eigenvalues of a symmetric matrix and their eigenvectors, M u = w u, by thick-restart block Lanczos with
 * full orthogonalisation (a dense solver for small n; subspace iteration with Chebyshev filters for sparse matrices of 6,000 rows and more, and where the Krylov space has used up its restarts).
 * Repeated eigenvalues are found with all their copies. Residuals ‖M u − w u‖ are at most `tolerance` ‖M‖, 1e-8 by default.
 *
 * @param matrix - `[n, n]` symmetric, dense or sparse, or an operator that multiplies by it
 * @returns eigenvalues, descending, and unit eigenvectors as columns `[n, count]`, entry of largest magnitude positive
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite or not symmetric;
 * `option` on an option out of range; `diverged` when residuals stay above the tolerance; `aborted` on the signal.
 * @see Wu and Simon, Thick-restart Lanczos method for large symmetric eigenvalue problems, 2000
 * @example
 * ```ts
 * const matrix = fromRows([[2, 1, 0], [1, 2, 0], [0, 0, 1]]);
 * const { values, vectors } = largestEigenpairs(matrix, { count: 1, random: randomSource(1) });
 * ```
 */
export function largestEigenpairs(matrix: Matrix | SymmetricOperator, options: EigenpairOptions): Eigenpairs {
  const where = 'largestEigenpairs';
  if ('kind' in matrix) checkSymmetric(where, matrix);
  const operator = 'kind' in matrix ? operatorOf(matrix) : matrix;
  checkInteger(where, 'size', operator.size, { minimum: 1 });
  const { values, rows } = largestEigenRows(operator, { ...options, where });
  return {
    values,
    vectors: denseMatrix(
      columnsWithFixedSigns(rows, options.count, operator.size),
      operator.size,
      options.count,
    ),
  };
}
