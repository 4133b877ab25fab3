import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { pairCounts } from './pair-counts.js';

/**
 * Adjusted Rand index: agreement on pairs, corrected for chance,
 * ARI = 2(TP·TN − FN·FP) / ((TP+FN)(FN+TN) + (TP+FP)(FP+TN)) with pairs together in both (TP), in one (FP, FN), in none (TN).
 * Equal partitions give 1, random ones 0 in the mean.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[-0.5, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @see Hubert and Arabie, Comparing partitions, 1985, eq. 5
 * @example
 * ```ts
 * ari([0, 0, 1, 1], ['x', 'x', 'y', 'z']); // 0.571...
 * ```
 */
export function ari(truth: Labels, predicted: Labels): number {
  return ariOf(jointCounts(truth, predicted, 'ari'));
}

/** Adjusted Rand index from counts. */
export function ariOf(joint: JointCounts): number {
  const { together, wronglyTogether, wronglyApart, apart } = pairCounts(joint);
  if (wronglyTogether === 0 && wronglyApart === 0) return 1;
  const agreement = 2 * (together * apart - wronglyApart * wronglyTogether);
  return (
    agreement /
    ((together + wronglyApart) * (wronglyApart + apart) +
      (together + wronglyTogether) * (wronglyTogether + apart))
  );
}
