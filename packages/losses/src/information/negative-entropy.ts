import { tf } from '@crossmodal/tensors';

/**
 * Where `x log x` is as good as 0: the rounding unit of doubles, as in the public code of IIC and DMIM. A float32 can hold it, and its
 * logarithm, -36, keeps gradients of empty cells finite.
 */
const SMALLEST_PROBABILITY = 2 ** -52;

/** `sum x log x` over all entries of probabilities; entries of 0 add nothing. */
export function negativeEntropy(probabilities: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const logs = tf.log(tf.maximum(probabilities, SMALLEST_PROBABILITY));
    return tf.sum(tf.mul(probabilities, logs)) as tf.Scalar;
  });
}
