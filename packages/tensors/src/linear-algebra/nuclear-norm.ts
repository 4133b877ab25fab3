import { tensorPolarFactor, type TensorPolarFactorOptions } from './tensor-polar-factor.js';
import { tf } from '../tf.js';

/** Options of {@link nuclearNorm}. */
export type NuclearNormOptions = TensorPolarFactorOptions;

/**
 * Nuclear norm of a matrix, `sum of s_i` over its singular values, with the closed-form gradient `U V^T`.
 *
 * The norm is `<A, U V^T>`, with the polar factor by {@link tensorPolarFactor}. `U V^T` is arbitrary on the null space of `A`; singular values
 * that its iterations do not lift count as zero there, so that the gradient stays finite at rank-deficient matrices (at `A = 0` it is 0,
 * one of the subgradients).
 *
 * @param a - shape `[n, m]`
 * @returns a scalar, 0 or more
 */
export function nuclearNorm(a: tf.Tensor2D, options: NuclearNormOptions = {}): tf.Scalar {
  const withGradient = tf.customGrad((x, save) => {
    const matrix = x as tf.Tensor2D;
    const factor = tensorPolarFactor(matrix, options);
    (save as tf.GradSaveFunc)([factor]);
    const value = tf.sum(tf.mul(matrix, factor)) as tf.Scalar;
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!) };
  });
  return tf.tidy(() => withGradient(a) as tf.Scalar);
}
