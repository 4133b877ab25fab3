import type { Matrix } from '@crossmodal/core';
import { checkAffinity } from './check-affinity.js';

/**
 * Degrees of a graph, d_i = Σ_j A_ij.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative
 * @returns `[n]`
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric.
 * @example
 * ```ts
 * degrees(fromRows([[0, 2], [2, 0]])); // Float64Array [2, 2]
 * ```
 */
export function degrees(affinity: Matrix): Float64Array {
  checkAffinity(affinity, 'degrees');
  return rowSums(affinity);
}

/** Row sums, in 8-byte numbers. */
export function rowSums(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = matrix.kind === 'csr' ? matrix.rowOffsets[i]! : i * columns;
    const end = matrix.kind === 'csr' ? matrix.rowOffsets[i + 1]! : start + columns;
    let sum = 0;
    for (let p = start; p < end; p++) sum += values[p]!;
    sums[i] = sum;
  }
  return sums;
}

/** d_i^(-1/2), and 0 for vertices without edges, so that their rows and columns vanish. */
export function inverseRoots(degree: Float64Array): Float64Array {
  return degree.map((d) => (d > 0 ? 1 / Math.sqrt(d) : 0));
}
