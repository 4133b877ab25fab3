import { tf } from '@crossmodal/tensors';

/**
 * Zeroes the rows whose mask is 0, so that absent samples add nothing to a sum; without a mask all rows stay.
 *
 * @param x - shape `[n, ...]`
 * @param mask - 0 or 1, shape `[n, 1]`
 */
export function maskedRows(x: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  if (mask === undefined) return x;
  return tf.mul(x, tf.reshape(mask, [mask.shape[0]!, ...x.shape.slice(1).map(() => 1)]));
}
