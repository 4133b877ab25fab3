import { tf } from '@crossmodal/tensors';
import { jointAssignments, type JointAssignmentOptions } from './joint-assignments.js';
import { negativeEntropy } from './negative-entropy.js';

/** What {@link mutualInformation} takes. */
export interface MutualInformationOptions extends JointAssignmentOptions {
  /**
   * Weight of the two marginal entropies; above 1 asks more for clusters of equal size, as the lambda of IIC's code.
   *
   * @defaultValue 1, the mutual information itself
   */
  readonly marginalWeight?: number;
}

/**
 * Mutual information of two soft assignments of the same objects, in nats: with `P` of {@link jointAssignments} and its marginals,
 * `I = sum_cd P_cd log(P_cd / (P_c P_d)) = H(P_c) + H(P_d) - H(P_cd)`, in `[0, min(H(P_c), H(P_d))]`.
 *
 * It is `log k` for equal one-hot assignments to k clusters of one size, and 0 when one assignment says nothing about the other. To be made
 * large: give it a negative weight in an objective.
 *
 * @param memberships1 - shape `[n, k]`, rows sum to 1
 * @param memberships2 - shape `[n, k]`, rows sum to 1
 * @throws CrossmodalError `shape` when the shapes do not fit.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 1 and 2
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const memberships = tf.tensor2d([[1, 0], [0, 1]]);
 * const information = mutualInformation(memberships, memberships); // log 2
 * tf.dispose([memberships, information]);
 * ```
 */
export function mutualInformation(
  memberships1: tf.Tensor2D,
  memberships2: tf.Tensor2D,
  { marginalWeight = 1, ...joint }: MutualInformationOptions = {},
): tf.Scalar {
  return tf.tidy(() => {
    const both = jointAssignments(memberships1, memberships2, joint);
    const marginals = tf.add(negativeEntropy(tf.sum(both, 1)), negativeEntropy(tf.sum(both, 0)));
    return tf.sub(negativeEntropy(both), tf.mul(marginals, marginalWeight)) as tf.Scalar;
  });
}
