import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { assign } from './assign.js';

/**
 * Puts new rows to their nearest centroids, label_i = argmin_c ‖x_i − μ_c‖² (of equally near ones the first).
 *
 * @param points - `[n, d]`, finite
 * @param centroids - `[clusters, d]`, finite
 * @returns `[n]`
 * @throws CrossmodalError `shape` when the columns differ or there is no centroid; `value` on NaN or infinite coordinates.
 * @example
 * ```ts
 * kMeansPredict(fromRows([[4]]), fromRows([[0], [5]])); // Int32Array [1]
 * ```
 */
export function kMeansPredict(points: DenseMatrix, centroids: DenseMatrix): Int32Array {
  const where = 'kMeansPredict';
  if (points.columns !== centroids.columns || centroids.rows === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `centroids [clusters, ${points.columns}], at least one`,
      received: `[${centroids.rows}, ${centroids.columns}]`,
    });
  }
  checkFinite(where, points.values);
  checkFinite(where, centroids.values);
  const labels = new Int32Array(points.rows);
  assign(
    Float64Array.from(points.values),
    points.rows,
    points.columns,
    Float64Array.from(centroids.values),
    centroids.rows,
    labels,
  );
  return labels;
}
