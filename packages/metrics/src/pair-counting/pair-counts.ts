import type { JointCounts } from '../contingency/joint-counts.js';

/** The n(n−1)/2 unordered pairs of objects, by whether truth and prediction put them together. */
export interface PairCounts {
  /** Together in both. */
  readonly together: number;
  /** Together in the prediction alone. */
  readonly wronglyTogether: number;
  /** Together in the truth alone. */
  readonly wronglyApart: number;
  /** Apart in both. */
  readonly apart: number;
}

/** Counts pairs from the table; exact while n(n−1)/2 < 2^53. */
export function pairCounts(joint: JointCounts): PairCounts {
  const together = pairsInside(joint.cellCount);
  const inClusters = pairsInside(joint.clusterSizes);
  const inClasses = pairsInside(joint.classSizes);
  const all = (joint.n * (joint.n - 1)) / 2;
  return {
    together,
    wronglyTogether: inClusters - together,
    wronglyApart: inClasses - together,
    apart: all - inClusters - inClasses + together,
  };
}

function pairsInside(sizes: Float64Array): number {
  let sum = 0;
  for (const size of sizes) sum += (size * (size - 1)) / 2;
  return sum;
}
