import { tf } from '@crossmodal/tensors';

/**
 * Gram matrix of a representation, `G = Z Z^T`.
 *
 * @param z - rows are samples, shape `[n, d]`
 * @returns shape `[n, n]`
 */
export function gramMatrix(z: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(z, z, false, true);
}
