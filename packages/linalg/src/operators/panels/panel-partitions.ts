import type { WeightedPartition } from '../weighted-partition.js';
import { PANEL } from './panel-kernel.js';

/** `y <- y + alpha diag(s) (sum_p c_p Y_p Y_p^T) diag(s) x` for panels x and y, `[n, 8]`. */
export type AddToPanel = (x: Float64Array, y: Float64Array, alpha: number) => void;

/**
 * Products of a panel with partitions. Rows that share their cluster in every partition have the same product: there is one sum for each such
 * group, and partitions are gone through by groups in place of rows.
 */
export function panelPartitions(
  partitions: readonly WeightedPartition[],
  n: number,
  scale: Float64Array | undefined,
): AddToPanel {
  const { groupOf, members } = commonGroups(partitions, n);
  const groups = members.length;
  const sums = new Float64Array(PANEL * groups);
  const images = new Float64Array(PANEL * groups);
  const widest = partitions.reduce((most, { clusters }) => Math.max(most, clusters), 0);
  const clusterSums = new Float64Array(PANEL * widest);
  return (x, y, alpha) => {
    sums.fill(0);
    for (let i = 0, p = 0; i < n; i++, p += PANEL) {
      const factor = scale === undefined ? 1 : scale[i]!;
      const g = PANEL * groupOf[i]!;
      for (let k = 0; k < PANEL; k++) sums[g + k]! += factor * x[p + k]!;
    }
    images.fill(0);
    for (const { labels, weight } of partitions) {
      clusterSums.fill(0);
      for (let g = 0; g < groups; g++) {
        const c = PANEL * labels[members[g]!]!;
        for (let k = 0; k < PANEL; k++) clusterSums[c + k]! += weight * sums[PANEL * g + k]!;
      }
      for (let g = 0; g < groups; g++) {
        const c = PANEL * labels[members[g]!]!;
        for (let k = 0; k < PANEL; k++) images[PANEL * g + k]! += clusterSums[c + k]!;
      }
    }
    for (let i = 0, p = 0; i < n; i++, p += PANEL) {
      const factor = scale === undefined ? alpha : alpha * scale[i]!;
      const g = PANEL * groupOf[i]!;
      for (let k = 0; k < PANEL; k++) y[p + k]! += factor * images[g + k]!;
    }
  };
}

/** The coarsest partition finer than all, and the first member of each of its groups. */
function commonGroups(
  partitions: readonly WeightedPartition[],
  n: number,
): { readonly groupOf: Int32Array; readonly members: Int32Array } {
  let groupOf = new Int32Array(n);
  let members = Int32Array.of(0);
  for (const { labels, clusters } of partitions) {
    const numbers = new Map<number, number>();
    const first: number[] = [];
    groupOf = groupOf.map((group, i) => {
      const key = group * clusters + labels[i]!;
      let number = numbers.get(key);
      if (number === undefined) {
        number = first.push(i) - 1;
        numbers.set(key, number);
      }
      return number;
    });
    members = Int32Array.from(first);
  }
  return { groupOf, members };
}
