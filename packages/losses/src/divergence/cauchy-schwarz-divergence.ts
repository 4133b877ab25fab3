import { tf } from '@crossmodal/tensors';
import { checkDivergence, pairFactor, type PairNormaliser } from './check-divergence.js';
import { pairwiseOverlap } from './pairwise-overlap.js';

/** What {@link cauchySchwarzDivergence} takes. */
export interface CauchySchwarzOptions {
  /** `clusters`: the paper's 1/k. `pairs`: 2 / (k (k - 1)), as in the public code; the value is then in `[0, 1]`. @defaultValue 'pairs' */
  readonly normaliser?: PairNormaliser;
}

/**
 * Overlap of clusters in the sense of Cauchy and Schwarz, small when clusters are compact and apart:
 * `c sum_{i<j} a_i^T K a_j / sqrt(a_i^T K a_i  a_j^T K a_j)` with `a_i` the columns of the assignments.
 *
 * Numerator and denominator have a floor of 1e-9, so a pair with an empty cluster counts as one that overlaps completely, 1. Without
 * it the best value would be that of one cluster for all.
 *
 * @param assignments - soft or hard, `[n, k]`, non-negative
 * @param kernel - `[n, n]`, symmetric, positive semi-definite, such as that of {@link gaussianKernel}
 * @returns in `[0, 1]`, or `[0, (k - 1) / 2]` with `clusters`; 0 when k is 1
 * @throws CrossmodalError `shape` when the two do not fit; `option` when there is no such normaliser.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 8
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const assignments = tf.tensor2d([[1, 0], [1, 0], [0, 1]]);
 * const kernel = tf.tensor2d([[1, 1, 0], [1, 1, 0], [0, 0, 1]]);
 * const overlap = cauchySchwarzDivergence(assignments, kernel); // 0 but for the floor
 * tf.dispose([assignments, kernel, overlap]);
 * ```
 */
export function cauchySchwarzDivergence(
  assignments: tf.Tensor2D,
  kernel: tf.Tensor2D,
  { normaliser = 'pairs' }: CauchySchwarzOptions = {},
): tf.Scalar {
  const where = 'cauchySchwarzDivergence';
  const k = checkDivergence(where, assignments, kernel);
  const factor = pairFactor(where, normaliser, k);
  return tf.tidy(() => pairwiseOverlap(assignments, kernel, k, factor));
}
