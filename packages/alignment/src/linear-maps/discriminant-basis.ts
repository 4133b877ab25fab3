import { CrossmodalError, denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { columnMeans, matrixProduct, subtractRow, symmetricEigen, transposeMatrix } from '@crossmodal/linalg';
import { checkLabels } from '../checks/check-labels.js';
import { checkPositive } from '../checks/check-positive.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { projected } from './projected.js';
import { principalBasis } from './principal-basis.js';
import { whitenedBasis } from './whitened-basis.js';

/** Options of {@link discriminantBasis}. */
export interface DiscriminantBasisOptions {
  /** Cluster of each row, length `n`, in `0..clusters-1`. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly clusters: number;
  /** Directions `q`, in `1..min(n, d)`; the centres of k clusters differ in k - 1 at most. */
  readonly size: number;
  /** Draws the start of the principal directions. */
  readonly random: RandomSource;
  /** Principal coordinates to start from, unless more directions are wanted. @defaultValue 64 */
  readonly coordinates?: number;
  /** Ridge of the whitening, see {@link whitenedBasis}. @defaultValue 0.1 */
  readonly ridge?: number;
}

/**
 * The directions in which the centres of round clusters differ, as columns: linear discriminant analysis with clusters in the place of
 * classes. Directions come by how far the centres differ in them.
 *
 * @param rows - shape `[n, d]`, columns of mean 0
 * @returns shape `[d, q]`
 * @throws CrossmodalError `shape` when labels and rows do not fit; `value` on a label out of range; `option` when a number is out of its range.
 * @example
 * ```ts
 * const rows = fromRows([[-1, 3], [1, 3], [-1, -3], [1, -3]]);
 * const basis = discriminantBasis(rows, {
 *   labels: Int32Array.of(0, 0, 1, 1),
 *   clusters: 2,
 *   size: 1,
 *   random: randomSource(0),
 * });
 * console.log(basis.values); // about 0 and another number: the centres differ in the second column alone
 * ```
 */
export function discriminantBasis(
  rows: DenseMatrix,
  { labels, clusters, size, random, coordinates = 64, ridge = 0.1 }: DiscriminantBasisOptions,
): DenseMatrix<Float64Array> {
  const where = 'discriminantBasis';
  checkLabels(where, rows, labels, clusters);
  checkPositive(where, { size, coordinates });
  const most = Math.min(rows.rows, rows.columns);
  if (size > most) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'size'`,
      expected: `no more directions than rows and columns, ${most}`,
      received: String(size),
    });
  }
  const principal = principalBasis(rows, { size: Math.max(coordinates, size), random });
  const round = whitenedBasis(rows, { basis: principal, labels, clusters, ridge });
  const means = clusterMeans(projected(rows, round), labels, clusters);
  const between = subtractRow(means, columnMeans(means));
  const { vectors } = symmetricEigen(matrixProduct(transposeMatrix(between), between));
  const leading = denseMatrix(
    Float64Array.from({ length: round.columns * size }, (_, p) => {
      return vectors.values[Math.floor(p / size) * round.columns + (p % size)]!;
    }),
    round.columns,
    size,
  );
  return matrixProduct(round, leading);
}
