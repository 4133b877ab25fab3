import type { DenseMatrix } from '@crossmodal/core';

/** Distances among k points over their root mean square, shape `[k, k]`; zeros when all points are the same. */
export function relativeDistances({ rows: k, columns, values }: DenseMatrix): Float64Array {
  const distances = new Float64Array(k * k);
  let squares = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      let squared = 0;
      for (let q = 0; q < columns; q++) squared += (values[i * columns + q]! - values[j * columns + q]!) ** 2;
      distances[i * k + j] = Math.sqrt(squared);
      squares += squared;
    }
  const scale = Math.sqrt(squares / Math.max(1, k * (k - 1)));
  return scale > 0 ? distances.map((distance) => distance / scale) : distances;
}

/** `sum_ij (D_ij - E_(p_i p_j))^2` of the distances of two sets of k points under a match p. */
export function distanceGap(a: Float64Array, b: Float64Array, match: ArrayLike<number>, k: number): number {
  let gap = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) gap += (a[i * k + j]! - b[match[i]! * k + match[j]!]!) ** 2;
  return gap;
}
