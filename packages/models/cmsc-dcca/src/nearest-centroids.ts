import type { DenseMatrix } from '@crossmodal/core';

/** Index of the nearest centroid `[k, q]` of each point `[n, q]`, by Euclidean distance; of equal ones the first. */
export function nearestCentroids(points: DenseMatrix, centroids: DenseMatrix): Int32Array {
  const { columns } = points;
  return Int32Array.from({ length: points.rows }, (_, i) => {
    let best = 0;
    let least = Infinity;
    for (let c = 0; c < centroids.rows; c++) {
      let squared = 0;
      for (let q = 0; q < columns; q++)
        squared += (points.values[i * columns + q]! - centroids.values[c * columns + q]!) ** 2;
      if (squared < least) {
        least = squared;
        best = c;
      }
    }
    return best;
  });
}
