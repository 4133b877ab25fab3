import type { CsrMatrix, FloatArray } from '@crossmodal/core';

/**
 * The transpose of a sparse matrix, again with ascending columns in each row.
 *
 * @see {@link transposeMatrix} for dense ones
 * @example
 * ```ts
 * transposeCsr(toCsr(fromRows([[0, 5], [0, 0]]))).rowOffsets; // 0, 0, 1: its entry is in row 1
 * ```
 */
export function transposeCsr<T extends FloatArray>(matrix: CsrMatrix<T>): CsrMatrix<T> {
  const { rows, columns, rowOffsets, columnIndices, values } = matrix;
  const offsets = new Int32Array(columns + 1);
  for (const column of columnIndices) offsets[column + 1]!++;
  for (let j = 0; j < columns; j++) offsets[j + 1]! += offsets[j]!;
  const next = offsets.slice(0, columns);
  const indices = new Int32Array(columnIndices.length);
  const moved = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
      const target = next[columnIndices[p]!]!++;
      indices[target] = i;
      moved[target] = values[p]!;
    }
  }
  return {
    kind: 'csr',
    rows: columns,
    columns: rows,
    rowOffsets: offsets,
    columnIndices: indices,
    values: moved,
  };
}
