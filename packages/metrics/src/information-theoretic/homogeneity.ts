import { jointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { entropy, mutualInformation, samePartition } from './entropy.js';

/**
 * Homogeneity: how far each cluster holds one class only, 1 − H(truth | predicted) / H(truth).
 * A single class gives 1.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @see Rosenberg and Hirschberg, V-Measure, 2007
 * @example
 * ```ts
 * homogeneity([0, 0, 1, 1], [0, 0, 1, 2]); // 1
 * ```
 */
export function homogeneity(truth: Labels, predicted: Labels): number {
  const joint = jointCounts(truth, predicted, 'homogeneity');
  const information = entropy(joint.classSizes, joint.n);
  return information === 0 || samePartition(joint) ? 1 : Math.min(1, mutualInformation(joint) / information);
}
