import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { checkColumns } from '../checks/check-columns.js';
import { checkLabels } from '../checks/check-labels.js';
import { checkPositive } from '../checks/check-positive.js';

/** Clusters of directions, as {@link graphClusters} finds them. */
export interface ClusteredDirections {
  /** Where they are seen from, length `q`. */
  readonly middle: Float64Array;
  /** Shape `[n, q]`, rows of unit length. */
  readonly rows: DenseMatrix<Float32Array>;
  /** Cluster of each row, length `n`. */
  readonly labels: Int32Array;
}

/**
 * Clusters of new points by the votes of the rows in the most similar directions; all that are as near as the last one of them vote, so that the order
 * of the rows does not matter. Of equally many votes the cluster with the smallest number wins.
 *
 * @param points - shape `[m, q]`
 * @param clustered - the rows that vote
 * @param options - `neighbours` vote, no more than there are; labels are in `0..clusters-1`
 * @returns length `m`
 * @throws CrossmodalError `shape` when points, rows and labels do not fit; `value` on a label out of range; `option` when a number is not a positive integer.
 * @example
 * ```ts
 * const middle = Float64Array.of(0, 0);
 * const rows = directionsFrom(middle, fromRows([[1, 0], [3, 0.1], [0, 2]]));
 * const clustered = { middle, rows, labels: Int32Array.of(0, 0, 1) };
 * console.log(voteByDirection(fromRows([[5, 0], [0, 1]]), clustered, { neighbours: 1, clusters: 2 })); // 0, 1
 * ```
 */
export function voteByDirection(
  points: DenseMatrix,
  { middle, rows, labels }: ClusteredDirections,
  { neighbours, clusters }: { readonly neighbours: number; readonly clusters: number },
): Int32Array {
  const where = 'voteByDirection';
  checkColumns(where, points, rows.columns);
  checkLabels(where, rows, labels, clusters);
  checkPositive(where, { neighbours });
  const given = directionsFrom(middle, points);
  const { rows: n, columns: q, values } = rows;
  const count = Math.min(neighbours, n);
  return Int32Array.from({ length: points.rows }, (_, i) => {
    const cosines = Float64Array.from({ length: n }, (__, j) => {
      let sum = 0;
      for (let p = 0; p < q; p++) sum += given.values[i * q + p]! * values[j * q + p]!;
      return sum;
    });
    const threshold = cosines.slice().sort()[n - count]!;
    const votes = new Float64Array(clusters);
    cosines.forEach((cosine, j) => {
      if (cosine >= threshold) votes[labels[j]!]! += 1;
    });
    return votes.indexOf(Math.max(...votes));
  });
}

/**
 * Directions of points as they are seen from a middle: `(x - m) / ||x - m||`.
 *
 * @param middle - length `q`
 * @param points - shape `[n, q]`
 * @returns shape `[n, q]`, rows of unit length, or zero in the middle itself
 * @throws CrossmodalError `shape` when the points have other columns.
 * @example
 * ```ts
 * console.log(directionsFrom(Float64Array.of(1, 1), fromRows([[1, 3]])).values); // 0, 1
 * ```
 */
export function directionsFrom(middle: Float64Array, points: DenseMatrix): DenseMatrix<Float32Array> {
  checkColumns('directionsFrom', points, middle.length);
  const { rows, columns, values } = points;
  const around = Float64Array.from(values, (value, p) => value - middle[p % columns]!);
  return unitRows(denseMatrix(around, rows, columns));
}
