import { csrMatrix, type CsrMatrix, type FloatArray } from '@crossmodal/core';
import { formatError, unsupportedError } from '../format-error.js';

/** Rows beyond which the row offsets alone would be large however few values there are. */
const MAXIMUM_ROWS = 2 ** 24;

/**
 * Turns compressed columns into compressed rows.
 *
 * @param rowIndices - row of each value; there may be unused ones at the end
 * @param columnOffsets - start of each column, length `columns + 1`
 */
export function compressedColumnsToRows(
  shape: readonly number[],
  rowIndices: FloatArray,
  columnOffsets: FloatArray,
  values: FloatArray,
  where: string,
): CsrMatrix {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) throw formatError(where, 'a sparse matrix of two dimensions', `${shape.length}`);
  if (rows > MAXIMUM_ROWS) {
    throw unsupportedError(
      where,
      `at most ${MAXIMUM_ROWS} sparse rows`,
      `${rows}`,
      'Transpose the matrix first.',
    );
  }
  if (columnOffsets.length !== columns + 1)
    throw formatError(where, `${columns + 1} column offsets`, `${columnOffsets.length}`);
  const stored = columnOffsets[columns]!;
  if (columnOffsets[0] !== 0 || !(stored >= 0 && stored <= Math.min(rowIndices.length, values.length))) {
    throw formatError(where, `${stored} stored values from offset 0`, `${values.length}`);
  }
  for (let j = 0; j < columns; j++) {
    if (!Number.isInteger(columnOffsets[j + 1]!) || columnOffsets[j + 1]! < columnOffsets[j]!)
      throw formatError(where, 'whole column offsets that ascend', `column ${j}`);
  }
  const rowOffsets = new Int32Array(rows + 1);
  for (let p = 0; p < stored; p++) {
    const i = rowIndices[p]!;
    if (!(Number.isInteger(i) && i >= 0 && i < rows))
      throw formatError(where, `row indices in 0..${rows - 1}`, `${i}`);
    rowOffsets[i + 1] = rowOffsets[i + 1]! + 1;
  }
  for (let i = 0; i < rows; i++) rowOffsets[i + 1] = rowOffsets[i + 1]! + rowOffsets[i]!;
  const next = rowOffsets.slice(0, rows);
  const columnIndices = new Int32Array(stored);
  const sorted = values.slice(0, stored);
  for (let j = 0; j < columns; j++) {
    for (let p = columnOffsets[j]!; p < columnOffsets[j + 1]!; p++) {
      const i = rowIndices[p]!;
      const target = next[i]!;
      if (target > rowOffsets[i]! && columnIndices[target - 1] === j) {
        throw formatError(where, 'every sparse entry once', `row ${i}, column ${j} twice`);
      }
      columnIndices[target] = j;
      sorted[target] = values[p]!;
      next[i] = target + 1;
    }
  }
  return csrMatrix(rows, columns, rowOffsets, columnIndices, sorted);
}
