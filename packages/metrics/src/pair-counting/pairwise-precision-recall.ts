import { jointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { pairCounts } from './pair-counts.js';

/** Precision and recall over pairs of objects. */
export interface PairwisePrecisionRecall {
  /** Of the pairs put together, the share that belongs together, in `[0, 1]`. */
  readonly precision: number;
  /** Of the pairs that belong together, the share put together, in `[0, 1]`. */
  readonly recall: number;
}

/**
 * Precision TP/(TP+FP) and recall TP/(TP+FN) of the pairs that a clustering puts together.
 * When neither truth nor prediction puts any pair together both are 1; otherwise 0/0 counts as 0.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * pairwisePrecisionRecall([0, 0, 1, 1], [0, 0, 0, 0]); // { precision: 0.333..., recall: 1 }
 * ```
 */
export function pairwisePrecisionRecall(truth: Labels, predicted: Labels): PairwisePrecisionRecall {
  const { together, wronglyTogether, wronglyApart } = pairCounts(
    jointCounts(truth, predicted, 'pairwisePrecisionRecall'),
  );
  if (together + wronglyTogether + wronglyApart === 0) return { precision: 1, recall: 1 };
  return {
    precision: together === 0 ? 0 : together / (together + wronglyTogether),
    recall: together === 0 ? 0 : together / (together + wronglyApart),
  };
}
