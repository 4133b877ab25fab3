import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';

/** What {@link jointAssignments} takes. */
export interface JointAssignmentOptions {
  /** Whether the joint is averaged with its transpose, as views that may change places ask for. @defaultValue true */
  readonly symmetric?: boolean;
  /** 1 for objects that take part, 0 for others, `[n, 1]`. @defaultValue all take part */
  readonly mask?: tf.Tensor;
}

/** Objects that take part are counted as one at least, so that a batch without any gives zeros and not 0 / 0. */
const LEAST_MASS = 1e-12;

/**
 * Joint distribution of two assignments of the same objects, marginalised over the batch: `P = sum_i p_i q_i^T / n`, one product of
 * matrices, then `(P + P^T) / 2` when symmetric; entries sum to 1.
 *
 * @param memberships1 - shape `[n, k]`, rows sum to 1
 * @param memberships2 - shape `[n, l]`, rows sum to 1; `l = k` when symmetric
 * @returns shape `[k, l]`
 * @throws CrossmodalError `shape` when the numbers of objects differ, or those of clusters when symmetric.
 * @see Ji, Vedaldi and Henriques, Invariant Information Clustering, ICCV 2019, Eq. 3; Mao et al., Deep Mutual Information Maximin, AAAI 2021
 */
export function jointAssignments(
  memberships1: tf.Tensor2D,
  memberships2: tf.Tensor2D,
  { symmetric = true, mask }: JointAssignmentOptions = {},
): tf.Tensor2D {
  const [n, k] = memberships1.shape;
  const [m, l] = memberships2.shape;
  if (memberships1.rank !== 2 || memberships2.rank !== 2 || n !== m || (symmetric && k !== l)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'jointAssignments',
      expected: symmetric ? 'two memberships of one shape [n, k]' : 'memberships [n, k] and [n, l]',
      received: `[${memberships1.shape.join(', ')}] and [${memberships2.shape.join(', ')}]`,
    });
  }
  return tf.tidy(() => {
    const seen = mask === undefined ? memberships2 : tf.mul(memberships2, mask);
    const counts = tf.matMul(memberships1, seen, true, false) as tf.Tensor2D;
    const joint = tf.div(counts, tf.maximum(tf.sum(counts), LEAST_MASS)) as tf.Tensor2D;
    return symmetric ? (tf.mul(tf.add(joint, tf.transpose(joint)), 0.5) as tf.Tensor2D) : joint;
  });
}
