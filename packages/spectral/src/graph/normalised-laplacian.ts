import type { CsrMatrix, Matrix } from '@crossmodal/core';
import { normalisedAdjacency } from './normalised-adjacency.js';

/**
 * Normalised Laplacian of a graph, I − D^(-1/2) A D^(-1/2), whose eigenvalues are in `[0, 2]`; 0 occurs once per connected
 * component. A vertex without edges is a component of its own: its row and column are zero, the diagonal included.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @returns `[n, n]`, of the same kind, in 8-byte numbers
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric, or when the
 * weights add up to more than 8-byte numbers hold.
 * @example
 * ```ts
 * normalisedLaplacian(fromRows([[0, 2], [2, 0]])).values; // Float64Array [1, -1, -1, 1]
 * ```
 */
export function normalisedLaplacian(affinity: Matrix): Matrix {
  const adjacency = normalisedAdjacency(affinity);
  if (adjacency.kind === 'csr') return sparseLaplacian(adjacency);
  const n = adjacency.rows;
  // 0 - x, since -x would leave negative zeros.
  const values = Float64Array.from(adjacency.values, (value) => 0 - value);
  for (let i = 0; i < n; i++) values[i * n + i]! += 1;
  return { kind: 'dense', rows: n, columns: n, values };
}

/** Adds the diagonal entries that the sparse pattern may lack. */
function sparseLaplacian(adjacency: CsrMatrix): CsrMatrix {
  const n = adjacency.rows;
  const rowOffsets = new Int32Array(n + 1);
  const columnIndices = new Int32Array(adjacency.values.length + n);
  const values = new Float64Array(adjacency.values.length + n);
  let q = 0;
  const push = (column: number, value: number): void => {
    columnIndices[q] = column;
    values[q++] = value;
  };
  for (let i = 0; i < n; i++) {
    let pending = true;
    for (let p = adjacency.rowOffsets[i]!; p < adjacency.rowOffsets[i + 1]!; p++) {
      const column = adjacency.columnIndices[p]!;
      if (pending && column >= i) {
        push(i, column === i ? 1 - adjacency.values[p]! : 1);
        pending = false;
        if (column === i) continue;
      }
      push(column, 0 - adjacency.values[p]!);
    }
    if (pending) push(i, 1);
    rowOffsets[i + 1] = q;
  }
  return {
    kind: 'csr',
    rows: n,
    columns: n,
    rowOffsets,
    columnIndices: columnIndices.slice(0, q),
    values: values.slice(0, q),
  };
}
