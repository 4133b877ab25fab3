import type { Matrix } from '@crossmodal/core';
import { checkAffinity } from './check-affinity.js';
import { inverseRoots, rowSums } from './degrees.js';

/**
 * Normalised adjacency of a graph, D^(-1/2) A D^(-1/2), whose eigenvalues are in `[-1, 1]`; 1 occurs once a connected
 * component that has an edge. A vertex without edges keeps a zero row and column (eigenvalue 0).
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @returns `[n, n]`, of the same kind, in 8-byte numbers
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric.
 * @example
 * ```ts
 * normalisedAdjacency(fromRows([[0, 2], [2, 0]])).values; // Float64Array [0, 1, 1, 0]
 * ```
 */
export function normalisedAdjacency(affinity: Matrix): Matrix {
  checkAffinity(affinity, 'normalisedAdjacency');
  const scale = inverseRoots(rowSums(affinity));
  const values = Float64Array.from(affinity.values);
  for (let i = 0; i < affinity.rows; i++) {
    if (affinity.kind === 'dense') {
      const base = i * affinity.columns;
      for (let j = 0; j < affinity.columns; j++) values[base + j]! *= scale[i]! * scale[j]!;
    } else {
      for (let p = affinity.rowOffsets[i]!; p < affinity.rowOffsets[i + 1]!; p++) {
        values[p]! *= scale[i]! * scale[affinity.columnIndices[p]!]!;
      }
    }
  }
  return { ...affinity, values };
}
