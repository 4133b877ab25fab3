import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { columnMeans } from './linear-map.js';

/** Mean of each cluster, `[clusters, d]`; an empty cluster has the mean of all rows. */
export function clusterMeans(
  points: DenseMatrix,
  labels: Int32Array,
  clusters: number,
): DenseMatrix<Float64Array> {
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

/** Number of rows of each cluster. */
export function clusterSizes(labels: Int32Array, clusters: number): Float64Array {
  const sizes = new Float64Array(clusters);
  for (const label of labels) sizes[label]!++;
  return sizes;
}
