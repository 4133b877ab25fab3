import type { Labels } from '../labels.js';
import { jointCounts, type JointCounts } from './joint-counts.js';

/** How the objects of each class spread over the clusters. */
export interface ContingencyTable {
  /** Distinct true labels, ascending, numbers before strings: the rows. */
  readonly classes: readonly (number | string)[];
  /** Distinct predicted labels, ascending, numbers before strings: the columns. */
  readonly clusters: readonly (number | string)[];
  /** Objects of class i in cluster j, row-major `[classes, clusters]`. */
  readonly counts: Int32Array;
  /** Objects a class, `[classes]`. */
  readonly classSizes: Int32Array;
  /** Objects a cluster, `[clusters]`. */
  readonly clusterSizes: Int32Array;
  /** Number of objects. */
  readonly n: number;
}

/**
 * Counts n_ij, the objects of class i that were put into cluster j.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 * @example
 * ```ts
 * const table = contingencyTable(['cat', 'cat', 'dog'], [1, 0, 0]);
 * table.classes; // ['cat', 'dog']
 * table.counts; // Int32Array [1, 1, 1, 0]
 * ```
 */
export function contingencyTable(truth: Labels, predicted: Labels): ContingencyTable {
  const joint = jointCounts(truth, predicted, 'contingencyTable');
  return {
    classes: joint.classes,
    clusters: joint.clusters,
    counts: Int32Array.from(denseCounts(joint)),
    classSizes: Int32Array.from(joint.classSizes),
    clusterSizes: Int32Array.from(joint.clusterSizes),
    n: joint.n,
  };
}

/** All cells, zeros included, row-major `[classes, clusters]`. */
export function denseCounts(joint: JointCounts): Float64Array {
  const width = joint.clusters.length;
  const counts = new Float64Array(joint.classes.length * width);
  for (let c = 0; c < joint.cellCount.length; c++) {
    counts[joint.cellClass[c]! * width + joint.cellCluster[c]!] = joint.cellCount[c]!;
  }
  return counts;
}
