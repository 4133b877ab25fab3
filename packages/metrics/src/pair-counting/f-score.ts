import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { pairCounts } from './pair-counts.js';

/**
 * Pairwise F-score: the harmonic mean of pairwise precision and recall, F = 2TP / (2TP + FP + FN).
 * When neither truth nor prediction puts any pair together it is 1.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * fScore([0, 0, 1, 1], [0, 0, 0, 0]); // 0.5
 * ```
 */
export function fScore(truth: Labels, predicted: Labels): number {
  return fScoreOf(jointCounts(truth, predicted, 'fScore'));
}

/** Pairwise F-score from counts. */
export function fScoreOf(joint: JointCounts): number {
  const { together, wronglyTogether, wronglyApart } = pairCounts(joint);
  const scale = 2 * together + wronglyTogether + wronglyApart;
  return scale === 0 ? 1 : (2 * together) / scale;
}
