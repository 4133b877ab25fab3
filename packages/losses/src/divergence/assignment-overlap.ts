import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { Reduction } from '../reduction.js';
import { pairFactor, type PairNormaliser } from './check-divergence.js';
import { strictlyUpper } from './strictly-upper.js';

/** What {@link assignmentOverlap} takes. */
export interface AssignmentOverlapOptions {
  /** `none`: the sum, as the paper prints it. `pairs`: times 2 / (k (k - 1)), as in the public code. @defaultValue 'pairs' */
  readonly normaliser?: PairNormaliser | 'none';
  /** `sum` over samples, as in both, or `sampleMean`, which does not grow with the batch. @defaultValue 'sum' */
  readonly reduction?: Exclude<Reduction, 'mean'>;
}

/**
 * How far the clusters are from orthogonal in the space of the samples: `c triu(A^T A) = c sum_{i<j} sum_q a_qi a_qj`, 0 exactly when
 * every assignment is hard.
 *
 * @param assignments - soft or hard, `[n, k]`, non-negative
 * @returns 0 or more; `n c (k - 1) / (2 k)` when all assignments are uniform
 * @throws CrossmodalError `shape` when there is no `[n, k]`; `option` when there is no such normaliser or reduction.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 10
 */
export function assignmentOverlap(
  assignments: tf.Tensor2D,
  { normaliser = 'pairs', reduction = 'sum' }: AssignmentOverlapOptions = {},
): tf.Scalar {
  const where = 'assignmentOverlap';
  const [n = 0, k = 0] = assignments.shape;
  if (assignments.rank !== 2) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'assignments [n, k]',
      received: `[${(assignments as tf.Tensor).shape.join(', ')}]`,
    });
  }
  const factor = normaliser === 'none' ? 1 : pairFactor(where, normaliser, k);
  if (reduction !== 'sum' && reduction !== 'sampleMean') {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'reduction'`,
      expected: 'sum or sampleMean',
      received: String(reduction),
    });
  }
  return tf.tidy(() => {
    const upper = tf.mul(tf.matMul(assignments, assignments, true), strictlyUpper(k));
    return tf.mul(tf.sum(upper), reduction === 'sampleMean' ? factor / n : factor) as tf.Scalar;
  });
}
