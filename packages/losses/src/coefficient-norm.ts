import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';

/** Which norm of the coefficients is small: `l2` spreads a sample over its subspace, `l1` picks few neighbours. */
export type CoefficientNormKind = 'l2' | 'l1';

/**
 * Size of the self-expressive coefficients `S`, `[n, n]`: `||S||_F^2 = sum S_ij^2` (`l2`) or `||S||_1 = sum |S_ij|` (`l1`), in `[0, inf)`.
 *
 * @throws CrossmodalError `option` when there is no such norm.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, the norm on the coefficients, p = 1 or 2
 */
export function coefficientNorm(s: tf.Tensor, kind: CoefficientNormKind = 'l2'): tf.Scalar {
  switch (kind) {
    case 'l2':
      return tf.tidy(() => tf.sum(tf.square(s)));
    case 'l1':
      // Not tf.abs: its gradient at 0 is -1, which would push the zero diagonal and every pruned coefficient.
      return tf.tidy(() => tf.sum(tf.add(tf.relu(s), tf.relu(tf.neg(s)))));
    default:
      throw new CrossmodalError({
        code: 'option',
        where: 'coefficientNorm',
        expected: 'l2 or l1',
        received: String(kind),
      });
  }
}
