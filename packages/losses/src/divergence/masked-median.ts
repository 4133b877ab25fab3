import { tf } from '@crossmodal/tensors';

/**
 * Lower median of the distances between present rows, a scalar; below 0 where no row is present. It is a constant for gradients.
 *
 * @param squares - 0 or more, shape `[n, n]`
 * @param mask - 1 for rows that are present, 0 for others, shape `[n, 1]`
 * @param most - of the present rows, only the first ones take part with their distances to all others, `1..n`
 */
export function maskedMedian(squares: tf.Tensor2D, mask: tf.Tensor, most: number): tf.Scalar {
  const detached = tf.customGrad((...args) => {
    const [values, flags] = args as [tf.Tensor2D, tf.Tensor];
    const value = tf.tidy(() => selectMedian(values, flags, most));
    return { value, gradFunc: () => [tf.zerosLike(values), tf.zerosLike(flags)] };
  });
  return detached(squares, mask) as tf.Scalar;
}

function selectMedian(squares: tf.Tensor2D, mask: tf.Tensor, most: number): tf.Scalar {
  const n = squares.shape[0];
  const flags = tf.reshape(mask, [n]);
  // The largest flags are the present rows, the first ones first.
  const first = tf.topk(flags, most, true);
  const valid = tf.matMul(tf.reshape(first.values, [most, 1]), tf.reshape(flags, [1, n]));
  const size = most * n;
  // -1 for the others: in descending order they come last, and the lower median of c values is number floor(c / 2).
  const known = tf.add(tf.mul(tf.gather(squares, first.indices), valid), tf.sub(valid, 1));
  const count = Math.floor(size / 2) + 1;
  const { values } = tf.topk(tf.reshape(known, [size]), count, true);
  const rank = tf.floor(tf.div(tf.sum(valid), 2));
  const chosen = tf.cast(tf.equal(tf.range(0, count), rank), 'float32');
  return tf.sum(tf.mul(values, chosen));
}
