import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';

/**
 * Purity: the share of objects that belong to the commonest class of their cluster, (1/n) Σ_j max_i n_ij.
 * It never falls when a cluster is split: n clusters of one object give 1.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `(0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * purity(['a', 'a', 'b'], [0, 0, 0]); // 0.666...
 * ```
 */
export function purity(truth: Labels, predicted: Labels): number {
  return purityOf(jointCounts(truth, predicted, 'purity'));
}

/** Purity from counts. */
export function purityOf(joint: JointCounts): number {
  const largest = new Float64Array(joint.clusters.length);
  for (let c = 0; c < joint.cellCount.length; c++) {
    const cluster = joint.cellCluster[c]!;
    largest[cluster] = Math.max(largest[cluster]!, joint.cellCount[c]!);
  }
  return largest.reduce((sum, count) => sum + count, 0) / joint.n;
}
