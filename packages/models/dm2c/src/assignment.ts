import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { kMeansPredict } from '@crossmodal/spectral';

/** How a sample in the anchor's space finds its cluster. */
export type Assignment =
  /** The nearest centre. */
  | { readonly kind: 'centres'; readonly centres: DenseMatrix }
  /** The clusters of the training samples in the most similar directions, seen from the middle of the anchor's samples. */
  | {
      readonly kind: 'neighbours';
      readonly middle: Float64Array;
      /** Training samples, rows of unit length. */
      readonly rows: DenseMatrix<Float32Array>;
      readonly labels: Int32Array;
      readonly neighbours: number;
      readonly clusters: number;
    };

/** Clusters of unified latents `[m, q]`. */
export function assign(points: DenseMatrix<Float32Array>, by: Assignment): Int32Array {
  if (points.rows === 0) return new Int32Array(0);
  if (by.kind === 'centres') return kMeansPredict(points, by.centres);
  const given = directions(points, by.middle);
  const { rows: n, columns: q, values } = by.rows;
  const count = Math.min(by.neighbours, n);
  return Int32Array.from({ length: points.rows }, (_, i) => {
    const cosines = Float64Array.from({ length: n }, (__, j) => {
      let sum = 0;
      for (let p = 0; p < q; p++) sum += given.values[i * q + p]! * values[j * q + p]!;
      return sum;
    });
    const threshold = cosines.slice().sort()[n - count]!;
    const votes = new Float64Array(by.clusters);
    // All that are as near as the last one vote, so that the order of the rows does not matter.
    cosines.forEach((cosine, j) => {
      if (cosine >= threshold) votes[by.labels[j]!]! += 1;
    });
    return votes.indexOf(Math.max(...votes));
  });
}

/** Rows minus the middle, at unit length. */
export function directions(points: DenseMatrix, middle: Float64Array): DenseMatrix<Float32Array> {
  const { rows, columns, values } = points;
  const around = Float64Array.from(values, (value, p) => value - middle[p % columns]!);
  return unitRows(denseMatrix(around, rows, columns));
}
