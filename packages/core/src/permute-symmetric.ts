import type { CsrMatrix } from './matrix.js';

/**
 * Renumbers rows and columns of a square sparse matrix: entry `(i, j)` moves to `(places[i], places[j])`.
 *
 * @param matrix - shape `[n, n]`
 * @param places - a permutation of `0..n-1`
 * @returns shape `[n, n]`
 */
export function permuteSymmetric<T extends Float32Array | Float64Array>(
  matrix: CsrMatrix<T>,
  places: ArrayLike<number>,
): CsrMatrix<T> {
  const { rows, columns, rowOffsets, columnIndices, values } = matrix;
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) offsets[places[i]! + 1] = rowOffsets[i + 1]! - rowOffsets[i]!;
  for (let i = 0; i < rows; i++) offsets[i + 1]! += offsets[i]!;
  const newColumns = new Int32Array(values.length);
  const newValues = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    const start = rowOffsets[i]!;
    const count = rowOffsets[i + 1]! - start;
    const order = Array.from({ length: count }, (_, k) => start + k).sort(
      (p, q) => places[columnIndices[p]!]! - places[columnIndices[q]!]!,
    );
    order.forEach((p, k) => {
      const to = offsets[places[i]!]! + k;
      newColumns[to] = places[columnIndices[p]!]!;
      newValues[to] = values[p]!;
    });
  }
  return { kind: 'csr', rows, columns, rowOffsets: offsets, columnIndices: newColumns, values: newValues };
}
