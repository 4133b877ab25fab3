import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '@crossmodal/linalg';
import { checkLabels } from '../checks/check-labels.js';
import { clusterSizes } from './cluster-sizes.js';

/**
 * Mean of the rows of each cluster; an empty cluster has the mean of all rows.
 *
 * @param points - shape `[n, d]`
 * @param labels - cluster of each row, length `n`, in `0..clusters-1`
 * @returns shape `[clusters, d]`
 * @throws CrossmodalError `shape` when there is not one label per row; `value` on a label out of range; `option` when the number of clusters is not
 * an integer of 1 or more.
 * @example
 * ```ts
 * const points = fromRows([[0, 0], [2, 4], [7, 7]]);
 * clusterMeans(points, Int32Array.of(0, 0, 1), 2).values; // 1, 2, 7, 7
 * ```
 */
export function clusterMeans(
  points: DenseMatrix,
  labels: Int32Array,
  clusters: number,
): DenseMatrix<Float64Array> {
  checkLabels('clusterMeans', points, labels, clusters);
  const { columns, values } = points;
  const sums = new Float64Array(clusters * columns);
  const sizes = clusterSizes(labels, clusters);
  labels.forEach((label, i) => {
    for (let j = 0; j < columns; j++) sums[label * columns + j]! += values[i * columns + j]!;
  });
  const whole = columnMeans(points);
  for (let c = 0; c < clusters; c++)
    for (let j = 0; j < columns; j++) {
      sums[c * columns + j] = sizes[c]! > 0 ? sums[c * columns + j]! / sizes[c]! : whole[j]!;
    }
  return denseMatrix(sums, clusters, columns);
}
