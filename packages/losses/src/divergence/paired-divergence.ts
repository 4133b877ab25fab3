import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkSameShape } from '../check-same-shape.js';
import type { CauchySchwarzOptions } from './cauchy-schwarz-divergence.js';
import { pairFactor } from './check-divergence.js';
import { overlapOf } from './pairwise-overlap.js';

/**
 * {@link cauchySchwarzDivergence} of samples and partners that belong together, whose kernel is the graph of those pairs:
 * `c sum_{i<j} N_ij / sqrt(N_ii N_jj)` with `N = (A_1^T A_2 + A_2^T A_1) / 2`. Small when partners share a cluster, every cluster has its part and
 * assignments are sure; an empty cluster overlaps completely. This form is ours; it is Eq. 8 of EAMC with that graph as kernel.
 *
 * @param assignments1 - soft or hard, `[n, k]`, non-negative
 * @param assignments2 - those of the partners, row by row, `[n, k]`
 * @returns 0 or more; 0 when k is 1
 * @throws CrossmodalError `shape` when the two shapes differ or are no `[n, k]`; `option` when there is no such normaliser.
 */
export function pairedDivergence(
  assignments1: tf.Tensor2D,
  assignments2: tf.Tensor2D,
  { normaliser = 'pairs' }: CauchySchwarzOptions = {},
): tf.Scalar {
  const where = 'pairedDivergence';
  checkSameShape(where, assignments1, assignments2);
  if (assignments1.rank !== 2) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'assignments [n, k]',
      received: `[${(assignments1 as tf.Tensor).shape.join(', ')}]`,
    });
  }
  const k = assignments1.shape[1];
  const factor = pairFactor(where, normaliser, k);
  return tf.tidy(() => {
    const joint = tf.matMul(assignments1, assignments2, true);
    return overlapOf(tf.mul(tf.add(joint, tf.transpose(joint)), 0.5), k, factor);
  });
}
