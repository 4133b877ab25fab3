import type { DenseMatrix } from '@crossmodal/core';

/**
 * The cluster of the largest membership of each row, the first of equals; an empty row, or one of NaN, is of cluster 0.
 *
 * @param memberships - shape `[n, k]`
 * @returns length `n`, in `0..k-1`
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * console.log(likeliestClusters(fromRows([[0.2, 0.8], [0.5, 0.5]]))); // 1, 0
 * ```
 */
export function likeliestClusters({ rows, columns, values }: DenseMatrix): Int32Array {
  const labels = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    let best = 0;
    for (let c = 1; c < columns; c++) if (values[i * columns + c]! > values[i * columns + best]!) best = c;
    labels[i] = best;
  }
  return labels;
}
