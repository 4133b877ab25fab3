import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { entropy, mutualInformation, samePartition } from './entropy.js';
import { meanOfEntropies, type EntropyMean } from './mean-of-entropies.js';

/** Options of {@link nmi}. */
export interface NmiOptions {
  /**
   * Mean of the two entropies in the denominator. Papers differ: many older figures use `'geometric'`.
   *
   * @defaultValue 'arithmetic'
   */
  readonly mean?: EntropyMean;
}

/**
 * Normalised mutual information, NMI = I(truth; predicted) / mean(H(truth), H(predicted)).
 * Equal partitions give 1, two single clusters included; otherwise a denominator of 0 gives 0.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels; `option` on an unknown mean.
 * @example
 * ```ts
 * nmi([0, 0, 1, 1], [1, 1, 0, 0]); // 1
 * ```
 */
export function nmi(truth: Labels, predicted: Labels, { mean = 'arithmetic' }: NmiOptions = {}): number {
  return nmiOf(jointCounts(truth, predicted, 'nmi'), mean);
}

/** Normalised mutual information from counts. */
export function nmiOf(joint: JointCounts, mean: EntropyMean): number {
  const normaliser = meanOfEntropies(
    mean,
    entropy(joint.classSizes, joint.n),
    entropy(joint.clusterSizes, joint.n),
    'nmi',
  );
  if (samePartition(joint)) return 1;
  return normaliser === 0 ? 0 : Math.min(1, mutualInformation(joint) / normaliser);
}
