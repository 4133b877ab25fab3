import type { JointCounts } from '../contingency/joint-counts.js';

/** Entropy of a partition in nats, −Σ (s/n) ln(s/n). */
export function entropy(sizes: Float64Array, n: number): number {
  let sum = 0;
  for (const size of sizes) sum -= (size / n) * Math.log(size / n);
  // One part gives -0.
  return Math.max(0, sum);
}

/** Mutual information of the two partitions in nats, Σ (n_ij/n) ln(n n_ij / (a_i b_j)), never below 0. */
export function mutualInformation(joint: JointCounts): number {
  const { n } = joint;
  let sum = 0;
  for (let c = 0; c < joint.cellCount.length; c++) {
    const count = joint.cellCount[c]!;
    const expected =
      (joint.classSizes[joint.cellClass[c]!]! / n) * joint.clusterSizes[joint.cellCluster[c]!]!;
    sum += (count / n) * Math.log(count / expected);
  }
  return Math.max(0, sum);
}

/** Whether the partitions are equal up to names: each class is exactly one cluster. */
export function samePartition(joint: JointCounts): boolean {
  return joint.cellCount.length === joint.classes.length && joint.classes.length === joint.clusters.length;
}
