import { jointCounts, type JointCounts } from '../contingency/joint-counts.js';
import type { Labels } from '../labels.js';
import { entropy, mutualInformation, samePartition } from './entropy.js';
import { expectedMutualInformation } from './expected-mutual-information.js';
import { meanOfEntropies, type EntropyMean } from './mean-of-entropies.js';

/** Options of {@link ami}. */
export interface AmiOptions {
  /**
   * Mean of the two entropies in the denominator.
   *
   * @defaultValue 'arithmetic'
   */
  readonly mean?: EntropyMean;
}

/**
 * Adjusted mutual information, AMI = (I − E[I]) / (mean(H(truth), H(predicted)) − E[I]), with E[I] over random
 * partitions of the same sizes. Equal partitions give 1, random ones 0 in the mean; a denominator of 0 gives 0 otherwise.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number of at most 1, below 0 when worse than chance
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels; `option` on an unknown mean.
 * @see Vinh, Epps and Bailey, Information theoretic measures for clusterings comparison, 2010, table 2
 * @example
 * ```ts
 * ami([0, 0, 1, 1], [1, 1, 0, 0]); // 1
 * ```
 */
export function ami(truth: Labels, predicted: Labels, { mean = 'arithmetic' }: AmiOptions = {}): number {
  return amiOf(jointCounts(truth, predicted, 'ami'), mean);
}

/** Adjusted mutual information from counts. */
export function amiOf(joint: JointCounts, mean: EntropyMean): number {
  const normaliser = meanOfEntropies(
    mean,
    entropy(joint.classSizes, joint.n),
    entropy(joint.clusterSizes, joint.n),
    'ami',
  );
  if (samePartition(joint)) return 1;
  // A single cluster shares no information with anything, by chance or otherwise.
  if (joint.classes.length === 1 || joint.clusters.length === 1) return 0;
  const expected = expectedMutualInformation(joint.classSizes, joint.clusterSizes, joint.n);
  const excess = mutualInformation(joint) - expected;
  const scale = normaliser - expected;
  // Both differences are of numbers of size ln n, so below this they are rounding alone.
  const rounding = 1e-13 * Math.max(1, normaliser);
  if (Math.abs(scale) <= rounding || Math.abs(excess) <= rounding) return 0;
  return Math.min(1, excess / scale);
}
