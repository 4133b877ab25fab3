import { jointCounts } from './contingency/joint-counts.js';
import { amiOf } from './information-theoretic/ami.js';
import { nmiOf } from './information-theoretic/nmi.js';
import type { Labels } from './labels.js';
import { ariOf } from './pair-counting/ari.js';
import { fScoreOf } from './pair-counting/f-score.js';
import { accuracyOf } from './set-matching/accuracy.js';
import { purityOf } from './set-matching/purity.js';

/** The figures that papers report. */
export interface Evaluation {
  /** Accuracy under the best one-to-one naming, in `(0, 1]`. */
  readonly acc: number;
  /** Normalised mutual information, arithmetic mean, in `[0, 1]`. */
  readonly nmi: number;
  /** Adjusted Rand index, in `[-0.5, 1]`. */
  readonly ari: number;
  /** Adjusted mutual information, arithmetic mean, at most 1. */
  readonly ami: number;
  /** Purity, in `(0, 1]`. */
  readonly purity: number;
  /** Pairwise F-score, in `[0, 1]`. */
  readonly fScore: number;
}

/**
 * Scores a clustering against true labels by every common metric at once, counting the labels only once.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * evaluate(['cat', 'cat', 'dog'], [1, 1, 0]); // { acc: 1, nmi: 1, ari: 1, ami: 1, purity: 1, fScore: 1 }
 * ```
 */
export function evaluate(truth: Labels, predicted: Labels): Evaluation {
  const joint = jointCounts(truth, predicted, 'evaluate');
  return {
    acc: accuracyOf(joint),
    nmi: nmiOf(joint, 'arithmetic'),
    ari: ariOf(joint),
    ami: amiOf(joint, 'arithmetic'),
    purity: purityOf(joint),
    fScore: fScoreOf(joint),
  };
}
