import { choleskyInverse, readValues, tf } from '@crossmodal/tensors';
import { checkGram } from '../checks/check-gram.js';
import { checkRidge } from '../checks/check-ridge.js';

/** Options of the exact solvers. */
export interface ExactSelfExpressionOptions {
  /** Weight `rho > 0` of `||S||^2` against the fit; larger spreads the coefficients over more samples. */
  readonly ridge: number;
}

/**
 * A sample that the others represent to within rounding has `1 - M_ii` near zero; below this the coefficients of its row would be
 * noise of size 1/eps, so the denominator stops here.
 */
const DENOMINATOR_FLOOR = 1e-4;

/**
 * Self-expression in closed form: the minimiser of `rho ||S||^2 + ||Z - S Z||^2` under `diag(S) = 0`.
 *
 * With `K = Z Z^T` (for several modalities the sum of their weighted Grams, see {@link jointGram}) and `P = (K / rho + I)^-1`,
 * `S_ij = -P_ij / P_ii` for `i != j`. The same in terms of `M = K (K + rho I)^-1 = I - P` is `S_ij = M_ij / (1 - M_ii)`. The denominator is
 * floored at 1e-4. One inverse, `4/3 n^3` operations.
 *
 * @param gram - `K`, shape `[n, n]`, symmetric, positive semi-definite
 * @returns `S`, shape `[n, n]`, zero diagonal; row i holds the coefficients that represent sample i
 * @throws CrossmodalError `shape` when `gram` is not square; `option` when the ridge is not positive; `value` when `K / rho + I` is not
 * positive definite.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 *
 * const z = tf.tensor2d([[1, 0], [1, 0], [0, 1], [0, 1]]);
 * const s = exactSelfExpression(gramMatrix(z), { ridge: 3 }); // s_01 = s_10 = s_23 = s_32 = 0.25
 * ```
 */
export function exactSelfExpression(gram: tf.Tensor2D, options: ExactSelfExpressionOptions): tf.Tensor2D {
  const { ridge } = options;
  const n = checkGram('exactSelfExpression', gram);
  checkRidge('exactSelfExpression', ridge);
  return tf.tensor2d(coefficientsOf(precision(gram, ridge, n), n), [n, n], 'float32');
}

/** `S_ij = -P_ij / P_ii` off the diagonal, zero on it, from `P` as row-major values. */
export function coefficientsOf(precision: Float32Array, n: number): Float32Array {
  const coefficients = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const scale = -1 / Math.max(precision[i * n + i]!, DENOMINATOR_FLOOR);
    for (let p = i * n; p < (i + 1) * n; p++) coefficients[p] = precision[p]! * scale;
    coefficients[i * n + i] = 0;
  }
  return coefficients;
}

/** `P = (K / rho + I)^-1` as row-major values, which belong to the backend. */
function precision(gram: tf.Tensor2D, ridge: number, n: number): Float32Array {
  const values = gram.dataSync() as Float32Array;
  const shifted = new Float32Array(n * n);
  const scale = 1 / ridge;
  for (let p = 0; p < shifted.length; p++) shifted[p] = values[p]! * scale;
  for (let i = 0; i < n; i++) shifted[i * n + i]! += 1;
  return readValues(() => choleskyInverse(tf.tensor2d(shifted, [n, n], 'float32')));
}
