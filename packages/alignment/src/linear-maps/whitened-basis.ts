import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { matrixProduct, scaleMatrix, symmetricEigen, transposeMatrix } from '@crossmodal/linalg';
import { checkColumns } from '../checks/check-columns.js';
import { checkLabels } from '../checks/check-labels.js';
import { checkRidge } from '../checks/check-ridge.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { projected } from './projected.js';

/** Options of {@link whitenedBasis}. */
export interface WhitenedBasisOptions {
  /** Directions to start from, as columns, shape `[d, q]`. */
  readonly basis: DenseMatrix<Float64Array>;
  /** Cluster of each row, length `n`, in `0..clusters-1`. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly clusters: number;
  /** Share of the mean variance that is added to every direction, above 0. */
  readonly ridge: number;
}

/**
 * Turns a basis `V [d, q]` into one in which clusters are round: `V (S + ridge tr(S) / q I)^(-1/2)`, S the covariance of the coordinates
 * around the means of their clusters.
 *
 * A nonlinear map bends each cluster in its own way; what is linear of that, which is most, goes away here.
 *
 * @param rows - shape `[n, d]`
 * @returns shape `[d, q]`
 * @throws CrossmodalError `shape` when basis, labels and rows do not fit; `value` on a label out of range; `option` when the ridge is not
 * above 0.
 * @example
 * ```ts
 * // Two clusters, ten times as long as they are high.
 * const rows = fromRows([[-10, 4], [10, 6], [-10, 6], [10, 4], [-10, -6], [10, -4], [-10, -4], [10, -6]]);
 * const basis = whitenedBasis(rows, {
 *   basis: fromRows([[1, 0], [0, 1]]),
 *   labels: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
 *   clusters: 2,
 *   ridge: 1e-6,
 * });
 * console.log(basis.values); // about 0.1, 0, 0, 1: here both deviations are 1
 * ```
 */
export function whitenedBasis(
  rows: DenseMatrix,
  { basis, labels, clusters, ridge }: WhitenedBasisOptions,
): DenseMatrix<Float64Array> {
  const where = 'whitenedBasis';
  checkColumns(where, rows, basis.rows);
  checkLabels(where, rows, labels, clusters);
  checkRidge(where, ridge);
  const coordinates = projected(rows, basis);
  const { columns: q } = coordinates;
  const means = clusterMeans(coordinates, labels, clusters);
  const around = denseMatrix(
    coordinates.values.map((value, p) => value - means.values[labels[Math.floor(p / q)]! * q + (p % q)]!),
    coordinates.rows,
    q,
  );
  const covariance = scaleMatrix(matrixProduct(transposeMatrix(around), around), 1 / rows.rows);
  const { values, vectors } = symmetricEigen(covariance);
  const floor = (ridge * values.reduce((sum, value) => sum + Math.max(value, 0), 0)) / q;
  // Clusters that are points, all of them, are round already.
  const roots = values.map((value) => (floor > 0 ? 1 / Math.sqrt(Math.max(value, 0) + floor) : 1));
  const stretched = denseMatrix(
    vectors.values.map((value, p) => value * roots[p % q]!),
    q,
    q,
  );
  return matrixProduct(basis, matrixProduct(stretched, transposeMatrix(vectors)));
}
