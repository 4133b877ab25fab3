import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { symmetricEigen } from '@crossmodal/spectral';
import { randomisedSvd, readValues, toTensor } from '@crossmodal/tensors';
import { clusterMeans } from './cluster-means.js';
import { columnMeans, minusRow, product, projected, scaled, transposed } from './linear-map.js';

/** Principal directions of centred rows `[n, d]`, as columns, `[d, q]`; `q` is at most the smaller of `n` and `d`. */
export function principalBasis(
  rows: DenseMatrix<Float32Array>,
  q: number,
  random: RandomSource,
): DenseMatrix<Float64Array> {
  const rank = Math.min(q, rows.rows, rows.columns);
  const values = readValues(() => randomisedSvd(toTensor(rows), { rank, random }).v);
  return denseMatrix(Float64Array.from(values), rows.columns, rank);
}

/**
 * Turns a basis `[d, q]` into one in which clusters are round: `V (S + ridge tr(S) / q I)^(-1/2)`, S the covariance of the coordinates
 * around the means of their clusters.
 *
 * A nonlinear map bends each cluster in its own way; what is linear of that, which is most, goes away here.
 */
export function whitenedBasis(
  rows: DenseMatrix,
  basis: DenseMatrix<Float64Array>,
  labels: Int32Array,
  clusters: number,
  ridge: number,
): DenseMatrix<Float64Array> {
  const coordinates = projected(rows, basis);
  const { columns: q } = coordinates;
  const means = clusterMeans(coordinates, labels, clusters);
  const around = denseMatrix(
    coordinates.values.map((value, p) => value - means.values[labels[Math.floor(p / q)]! * q + (p % q)]!),
    coordinates.rows,
    q,
  );
  const covariance = scaled(product(transposed(around), around), 1 / rows.rows);
  const { values, vectors } = symmetricEigen(covariance);
  const floor = (ridge * values.reduce((sum, value) => sum + Math.max(value, 0), 0)) / q;
  // Clusters that are points, all of them, are round already.
  const roots = values.map((value) => (floor > 0 ? 1 / Math.sqrt(Math.max(value, 0) + floor) : 1));
  const stretched = denseMatrix(
    vectors.values.map((value, p) => value * roots[p % q]!),
    q,
    q,
  );
  return product(basis, product(stretched, transposed(vectors)));
}

/** Principal coordinates that {@link discriminantBasis} starts from, unless more directions are wanted. */
const COORDINATES = 64;
/** Ridge of its whitening. */
const RIDGE = 0.1;

/**
 * The directions in which the centres of round clusters differ, as columns, `[d, q]`: linear discriminant analysis with clusters in the place of
 * classes.
 */
export function discriminantBasis(
  rows: DenseMatrix<Float32Array>,
  labels: Int32Array,
  clusters: number,
  q: number,
  random: RandomSource,
): DenseMatrix<Float64Array> {
  const principal = principalBasis(rows, Math.max(COORDINATES, q), random);
  const round = whitenedBasis(rows, principal, labels, clusters, RIDGE);
  const means = clusterMeans(projected(rows, round), labels, clusters);
  const between = minusRow(means, columnMeans(means));
  const { vectors } = symmetricEigen(product(transposed(between), between));
  const leading = denseMatrix(
    Float64Array.from({ length: round.columns * q }, (_, p) => {
      return vectors.values[Math.floor(p / q) * round.columns + (p % q)]!;
    }),
    round.columns,
    q,
  );
  return product(round, leading);
}
