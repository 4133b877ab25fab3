import { tf } from '@crossmodal/tensors';
import type { BatchMoments } from './normalise-batch.js';

/** Statistics of the present rows of a batch. */
export interface MaskedMoments extends BatchMoments {
  /** Values that each channel has in present rows, a scalar. */
  readonly count: tf.Tensor;
}

/**
 * Mean and variance of each channel of a batch `[n, ..., c]` over the rows whose mask is 1; both are 0 where no row is present.
 *
 * @param mask - 0 or 1, shape `[n, 1]`
 */
export function maskedMoments(x: tf.Tensor, mask: tf.Tensor): MaskedMoments {
  const [n = 0, ...rest] = x.shape;
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const rows = tf.reshape(mask, [n, ...rest.map(() => 1)]);
  const places = rest.slice(0, -1).reduce((product, side) => product * side, 1);
  const count = tf.mul(tf.sum(rows), places);
  const divisor = tf.maximum(count, 1);
  const mean = tf.div(tf.sum(tf.mul(x, rows), axes), divisor);
  const centred = tf.sub(x, mean);
  const variance = tf.div(tf.sum(tf.mul(tf.square(centred), rows), axes), divisor);
  return { mean, variance, centred, count };
}
