import { CrossmodalError } from '@crossmodal/core';
import { encodeLabels, type Labels } from '../labels.js';

/** The non-zero cells of a contingency table and its margins; everything the metrics need, in memory O(n). */
export interface JointCounts {
  /** Number of objects. */
  readonly n: number;
  /** Distinct true labels. */
  readonly classes: readonly (number | string)[];
  /** Distinct predicted labels. */
  readonly clusters: readonly (number | string)[];
  /** Objects a class. */
  readonly classSizes: Float64Array;
  /** Objects a cluster. */
  readonly clusterSizes: Float64Array;
  /** Class of each cell, cells sorted by class, then by cluster. */
  readonly cellClass: Int32Array;
  /** Cluster of each cell. */
  readonly cellCluster: Int32Array;
  /** Objects in each cell, at least 1. */
  readonly cellCount: Float64Array;
}

/**
 * Counts how often each pair of labels occurs.
 *
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels.
 */
export function jointCounts(truth: Labels, predicted: Labels, where: string): JointCounts {
  const n = truth.length;
  if (n !== predicted.length) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `as many predicted labels as true ones (${n})`,
      received: `${predicted.length}`,
      advice: 'Give both in the order of the rows.',
    });
  }
  if (n === 0) {
    throw new CrossmodalError({ code: 'shape', where, expected: 'at least one label', received: 'none' });
  }
  const rows = encodeLabels(truth, where);
  const columns = encodeLabels(predicted, where);
  const classSizes = new Float64Array(rows.values.length);
  const clusterSizes = new Float64Array(columns.values.length);
  const width = columns.values.length;
  const counts = new Map<number, number>();
  for (let i = 0; i < n; i++) {
    const a = rows.codes[i]!;
    const b = columns.codes[i]!;
    classSizes[a]!++;
    clusterSizes[b]!++;
    const cell = a * width + b;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const cells = Float64Array.from(counts.keys()).sort();
  return {
    n,
    classes: rows.values,
    clusters: columns.values,
    classSizes,
    clusterSizes,
    cellClass: Int32Array.from(cells, (cell) => Math.floor(cell / width)),
    cellCluster: Int32Array.from(cells, (cell) => cell % width),
    cellCount: cells.map((cell) => counts.get(cell)!),
  };
}
