import type { CsrMatrix, DenseMatrix } from '@crossmodal/core';
import { checkRidge } from '../../checks/check-ridge.js';
import { strongestCoefficients } from './strongest-coefficients.js';
import type { StrongestProductsOptions } from './products-options.js';
import { whitenRows } from './whiten-rows.js';

/** Options of {@link sparseSelfExpression}. */
export interface SparseSelfExpressionOptions extends StrongestProductsOptions {
  /** Weight `rho > 0` of `||S||^2` against the fit; larger spreads the coefficients over more samples. */
  readonly ridge: number;
}

/**
 * The strongest coefficients of each row of the exact self-expression, without the `[n, n]` matrix.
 *
 * By Woodbury, `M = Z (Z^T Z + rho I)^-1 Z^T = Y Y^T` with whitened features `Y = Z L^-T`, `L L^T = rho I + Z^T Z`, so
 * `S_ij = <y_i, y_j> / (1 - <y_i, y_i>)` and the strongest coefficients of a row are its {@link strongestProducts}: `n^2 min(n, d)` operations,
 * memory `O(n k + n min(n, d))`. With `neighbours: n - 1` these are all coefficients, as {@link exactSelfExpression} finds them. Several
 * modalities are their features side by side, each times the root of its weight; for lifted kernels see {@link buildSparseAffinity}.
 *
 * @param features - `Z`, rows are samples, shape `[n, d]`
 * @returns shape `[n, n]`, signed, `neighbours` entries per row at most (zeros are not stored), empty diagonal
 * @throws CrossmodalError `option` when ridge, neighbours or tile are not positive, or the sign is another; `value` when features are not
 * finite; `aborted` on the signal.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const z = fromRows([[1, 0], [1, 0], [0, 1], [0, 1]]);
 * const s = await sparseSelfExpression(z, { ridge: 3, neighbours: 1 }); // s_01 = s_10 = s_23 = s_32 = 0.25
 * ```
 */
export async function sparseSelfExpression(
  features: DenseMatrix,
  { ridge, ...options }: SparseSelfExpressionOptions,
): Promise<CsrMatrix<Float32Array>> {
  const where = 'sparseSelfExpression';
  checkRidge(where, ridge);
  return strongestCoefficients(whitenRows(where, features, ridge), options);
}
