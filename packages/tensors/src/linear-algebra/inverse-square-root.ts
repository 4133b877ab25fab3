import { checkSquare } from '@crossmodal/linalg';
import { tf } from '../tf.js';

/** Options of {@link inverseSquareRoot}. */
export interface InverseSquareRootOptions {
  /**
   * Newton-Schulz iterations. An eigenvalue `w` needs about `log(trace / w) / 0.8 + 5` of them.
   * @defaultValue 24, enough for condition numbers up to about 10^5
   */
  readonly iterations?: number;
}

/**
 * Inverse square root of a symmetric positive definite matrix, `A^(-1/2)`, differentiable.
 *
 * Coupled Newton-Schulz iteration on `A / trace(A)`: `T = (3 I - Z Y) / 2`, `Y <- Y T`, `Z <- T Z`. Products alone, so that it
 * compiles, and its gradient has no division by differences of eigenvalues: it is finite where eigenvalues coincide.
 *
 * @param a - shape `[n, n]`, symmetric, positive definite (add a ridge first)
 * @returns shape `[n, n]`
 * @throws CrossmodalError `shape` when `a` is not square.
 */
export function inverseSquareRoot(a: tf.Tensor2D, options: InverseSquareRootOptions = {}): tf.Tensor2D {
  const { iterations = 24 } = options;
  const [n, columns] = a.shape;
  checkSquare('inverseSquareRoot', { rows: n, columns });
  return tf.tidy(() => {
    const identity = tf.eye(n);
    // The trace bounds every eigenvalue from above, which the iteration needs (eigenvalues in (0, 3)).
    const trace = tf.sum(tf.mul(a, identity));
    let y = tf.div(a, trace) as tf.Tensor2D;
    let z: tf.Tensor2D = identity;
    for (let step = 0; step < iterations; step++) {
      const t = tf.mul(tf.sub(tf.mul(identity, 3), tf.matMul(z, y)), 0.5) as tf.Tensor2D;
      y = tf.matMul(y, t);
      z = tf.matMul(t, z);
    }
    return tf.div(z, tf.sqrt(trace)) as tf.Tensor2D;
  });
}
