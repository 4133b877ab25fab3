import { tf } from '@crossmodal/tensors';

/** Lower median of all values of a tensor, a scalar; it is a constant for gradients. */
export function medianOf(values: tf.Tensor): tf.Scalar {
  return detachedMedian(values) as tf.Scalar;
}

const detachedMedian = tf.customGrad((x) => {
  const values = x as tf.Tensor;
  const { size } = values;
  const value = tf.tidy(() => {
    const upper = tf.topk(tf.reshape(values, [size]), size - Math.floor((size - 1) / 2), false).values;
    return tf.min(upper);
  });
  return { value, gradFunc: () => tf.zerosLike(values) };
});
