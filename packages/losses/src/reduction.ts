import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';

/**
 * How squares become one number: `sum` over everything (as the papers write norms), `mean` over every value, or `sampleMean`, the sum
 * over a sample's values averaged over samples, which does not grow with the batch.
 */
export type Reduction = 'sum' | 'mean' | 'sampleMean';

/**
 * Reduces a tensor `[n, ...]` to a scalar.
 *
 * @throws CrossmodalError `option` when there is no such reduction.
 */
export function reduce(values: tf.Tensor, reduction: Reduction): tf.Scalar {
  switch (reduction) {
    case 'sum':
      return tf.sum(values);
    case 'mean':
      return tf.mean(values);
    case 'sampleMean':
      return tf.tidy(() => tf.mul(tf.sum(values), 1 / (values.shape[0] ?? 1)));
    default:
      throw new CrossmodalError({
        code: 'option',
        where: 'reduction',
        expected: 'sum, mean or sampleMean',
        received: String(reduction),
      });
  }
}
