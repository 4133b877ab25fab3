import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { CauchySchwarzOptions } from './cauchy-schwarz-divergence.js';
import { checkDivergence, pairFactor } from './check-divergence.js';
import type { KernelDistance } from './gaussian-kernel.js';
import { pairwiseOverlap } from './pairwise-overlap.js';

/** What {@link simplexDivergence} takes. */
export interface SimplexOptions extends CauchySchwarzOptions {
  /** `euclidean`: `exp(-||a - e||)`, as the paper prints it. `squared`: `exp(-||a - e||^2)`, as in the public code. @defaultValue 'squared' */
  readonly distance?: KernelDistance;
}

/** Inside the root: an assignment that is a corner has an infinite gradient there. */
const ROOT_FLOOR = 1e-12;

/**
 * {@link cauchySchwarzDivergence} of closeness to the corners of the simplex instead of assignments, `b_qi = exp(-||a_q - e_i||)`: small
 * when the samples of a cluster are near one corner, so assignments are nearly one-hot.
 *
 * @param assignments - soft or hard, `[n, k]`, rows on the simplex
 * @param kernel - `[n, n]`, symmetric, positive semi-definite
 * @throws CrossmodalError `shape` when the two do not fit; `option` when there is no such normaliser or distance.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 9
 */
export function simplexDivergence(
  assignments: tf.Tensor2D,
  kernel: tf.Tensor2D,
  { normaliser = 'pairs', distance = 'squared' }: SimplexOptions = {},
): tf.Scalar {
  const where = 'simplexDivergence';
  const k = checkDivergence(where, assignments, kernel);
  const factor = pairFactor(where, normaliser, k);
  return tf.tidy(() => pairwiseOverlap(cornerCloseness(assignments, distance), kernel, k, factor));
}

/**
 * Closeness of each assignment to each corner of the simplex, `exp(-||a_q - e_i||)` or `exp(-||a_q - e_i||^2)`, `[n, k]` to `[n, k]`.
 *
 * @throws CrossmodalError `option` when there is no such distance.
 */
export function cornerCloseness(assignments: tf.Tensor2D, distance: KernelDistance = 'squared'): tf.Tensor2D {
  return tf.tidy(() => {
    const norms = tf.sum(tf.square(assignments), 1, true);
    const squares = tf.add(tf.sub(norms, tf.mul(assignments, 2)), 1);
    switch (distance) {
      case 'squared':
        return tf.exp(tf.neg(squares)) as tf.Tensor2D;
      case 'euclidean':
        return tf.exp(tf.neg(tf.sqrt(tf.maximum(squares, ROOT_FLOOR)))) as tf.Tensor2D;
      default:
        throw new CrossmodalError({
          code: 'option',
          where: "cornerCloseness option 'distance'",
          expected: 'squared or euclidean',
          received: String(distance),
        });
    }
  });
}
