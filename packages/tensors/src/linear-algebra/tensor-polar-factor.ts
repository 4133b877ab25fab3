import { tf } from '../tf.js';

/** Options of {@link tensorPolarFactor}. */
export interface TensorPolarFactorOptions {
  /**
   * Newton-Schulz iterations; each raises a small singular value by 1.5 until it reaches 1.
   * @defaultValue 32: singular values below about 10^-6 of the Frobenius norm count as zero
   */
  readonly iterations?: number;
}

/**
 * Polar factor `U V^T` of a matrix `A = U diag(s) V^T`: the nearest matrix with orthonormal columns (or rows).
 *
 * `X <- (3 X - X X^T X) / 2`, started at `A / ||A||_F`. Products alone, so that it compiles. It is arbitrary on the null space of `A`;
 * singular values that the iterations do not lift stay near zero there, so that it is finite at every finite matrix, and 0 at `A = 0`.
 *
 * @param a - shape `[n, m]`
 * @returns shape `[n, m]`, singular values in `[0, 1]`
 */
export function tensorPolarFactor(a: tf.Tensor2D, options: TensorPolarFactorOptions = {}): tf.Tensor2D {
  const { iterations = 32 } = options;
  const [n, m] = a.shape;
  return tf.tidy(() => {
    // 1e-30 only keeps 0 / 0 away: it is far below any norm that float32 squares hold.
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(a)), 1e-30));
    let polar = tf.div(a, norm) as tf.Tensor2D;
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
}
