import { tf } from './tf.js';

/** Options of {@link nuclearNorm}. */
export interface NuclearNormOptions {
  /**
   * Newton-Schulz iterations; each raises a small singular value by 1.5 until it reaches 1.
   * @defaultValue 32: singular values below about 10^-6 of the Frobenius norm count as zero
   */
  readonly iterations?: number;
}

/**
 * Nuclear norm of a matrix, `sum of s_i` over its singular values, with the closed-form gradient `U V^T`.
 *
 * The polar factor `U V^T` comes from `X <- (3 X - X X^T X) / 2`, started at `A / ||A||_F`; the norm is `<A, U V^T>`. Products alone, so
 * that it compiles. `U V^T` is arbitrary on the null space of `A`; singular values that the iterations do not lift count as zero there,
 * so that the gradient stays finite at rank-deficient matrices (at `A = 0` it is 0, one of the subgradients).
 *
 * @param a - shape `[n, m]`
 * @returns a scalar, 0 or more
 */
export function nuclearNorm(a: tf.Tensor2D, options: NuclearNormOptions = {}): tf.Scalar {
  const { iterations = 32 } = options;
  const [n, m] = a.shape;
  const withGradient = tf.customGrad((x, save) => {
    const matrix = x as tf.Tensor2D;
    const factor = tf.tidy(() => {
      // 1e-30 only keeps 0 / 0 away: it is far below any norm that float32 squares hold.
      const norm = tf.sqrt(tf.add(tf.sum(tf.square(matrix)), 1e-30));
      let polar = tf.div(matrix, norm) as tf.Tensor2D;
      for (let step = 0; step < iterations; step++) {
        // The smaller of the two Gram matrices.
        const cubed =
          n <= m
            ? tf.matMul(tf.matMul(polar, polar, false, true), polar)
            : tf.matMul(polar, tf.matMul(polar, polar, true, false));
        polar = tf.sub(tf.mul(polar, 1.5), tf.mul(cubed, 0.5)) as tf.Tensor2D;
      }
      return polar;
    });
    (save as tf.GradSaveFunc)([factor]);
    const value = tf.sum(tf.mul(matrix, factor)) as tf.Scalar;
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0]!) };
  });
  return tf.tidy(() => withGradient(a) as tf.Scalar);
}
