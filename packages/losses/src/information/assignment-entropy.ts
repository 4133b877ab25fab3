import { tf } from '@crossmodal/tensors';
import { negativeEntropy } from './negative-entropy.js';

/** What {@link assignmentEntropy} takes. */
export interface AssignmentEntropyOptions {
  /** 1 for objects that take part, 0 for others, `[n, 1]`. @defaultValue all take part */
  readonly mask?: tf.Tensor;
}

/**
 * Entropy of the mean assignment, in nats: `H = -sum_c m_c log m_c` with `m = sum_i p_i / n`, in `[0, log k]`.
 *
 * It is `log k` exactly when every cluster has the mass `n / k`, the uniform constraint of DMIM, which it makes into a term.
 *
 * @param memberships - shape `[n, k]`, rows sum to 1
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 13
 */
export function assignmentEntropy(
  memberships: tf.Tensor2D,
  { mask }: AssignmentEntropyOptions = {},
): tf.Scalar {
  return tf.tidy(() => {
    const masses = tf.sum(mask === undefined ? memberships : tf.mul(memberships, mask), 0);
    // Without any object that takes part there is no distribution; its entropy is 0 rather than 0 / 0.
    return tf.neg(negativeEntropy(tf.div(masses, tf.maximum(tf.sum(masses), 1e-12)))) as tf.Scalar;
  });
}
