import { tf } from '@crossmodal/tensors';

/**
 * Mean of the values of the rows that take part, a scalar; 0 where none does.
 *
 * @param values - shape `[n, ...]`
 * @param mask - 1 for rows that take part, 0 for others, shape `[n, 1]`; by default all do
 */
export function maskedMean(values: tf.Tensor, mask?: tf.Tensor): tf.Scalar {
  if (mask === undefined) return tf.mean(values);
  return tf.tidy(() => {
    const [n = 0, ...rest] = values.shape;
    const rows = tf.reshape(mask, [n, ...rest.map(() => 1)]);
    const width = rest.reduce((product, side) => product * side, 1);
    return tf.div(tf.sum(tf.mul(values, rows)), tf.maximum(tf.mul(tf.sum(rows), width), 1)) as tf.Scalar;
  });
}
