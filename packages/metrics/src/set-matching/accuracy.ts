import { denseCounts } from '../contingency/contingency-table.js';
import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { maximumAssignment } from './maximum-assignment.js';

/**
 * Clustering accuracy (ACC): the share of objects that are right under the best one-to-one naming of clusters as classes,
 * ACC = max over one-to-one m of (1/n) Σ_i [truth_i = m(predicted_i)].
 * With more clusters than classes the surplus clusters count as wrong; with fewer, the surplus classes do.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `(0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * accuracy(['a', 'a', 'b', 'b'], [1, 1, 0, 1]); // 0.75
 * ```
 */
export function accuracy(truth: Labels, predicted: Labels): number {
  return accuracyOf(jointCounts(truth, predicted, 'accuracy'));
}

/** Accuracy from counts. */
export function accuracyOf(joint: JointCounts): number {
  return maximumAssignment(denseCounts(joint), joint.classes.length, joint.clusters.length).total / joint.n;
}
