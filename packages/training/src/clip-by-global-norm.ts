import { tf } from '@crossmodal/tensors';

/**
 * Scales tensors together so that their global norm is at most `norm`: each `g` becomes `g min(1, norm / sqrt(sum ||g||^2))`.
 *
 * @param norm - above 0
 */
export function clipByGlobalNorm(tensors: readonly tf.Tensor[], norm: number): tf.Tensor[] {
  return tf.tidy(() => {
    const squares = tensors.map((tensor) => tf.sum(tf.square(tensor)));
    const length = tf.sqrt(squares.reduce((sum, next) => tf.add(sum, next)));
    // The maximum keeps the quotient at 1 for short gradients, and finite when all are zero.
    const scale = tf.div(norm, tf.maximum(length, norm));
    return tensors.map((tensor) => tf.mul(tensor, scale));
  });
}
