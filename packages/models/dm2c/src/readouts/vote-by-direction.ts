import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import type { DirectionState } from './unified-graph.js';

/** Clusters of points `[m, q]` by the votes of the rows in the most similar directions. */
export function voteByDirection(
  points: DenseMatrix<Float32Array>,
  { middle, rows, labels }: DirectionState,
  { neighbours, clusters }: { readonly neighbours: number; readonly clusters: number },
): Int32Array {
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
    // All that are as near as the last one vote, so that the order of the rows does not matter.
    cosines.forEach((cosine, j) => {
      if (cosine >= threshold) votes[labels[j]!]! += 1;
    });
    return votes.indexOf(Math.max(...votes));
  });
}

/** Points minus a middle, at unit length. */
export function directionsFrom(middle: Float64Array, points: DenseMatrix): DenseMatrix<Float32Array> {
  const { rows, columns, values } = points;
  const around = Float64Array.from(values, (value, p) => value - middle[p % columns]!);
  return unitRows(denseMatrix(around, rows, columns));
}
