import { csrMatrix, type CsrMatrix, type FloatArray } from '@crossmodal/core';
import { formatError, unsupportedError } from '../format-error.js';

/** Rows beyond which the row offsets alone would be large however few values there are. */
const MAXIMUM_ROWS = 2 ** 24;
/** Columns are numbered in 32 bits. */
const MAXIMUM_COLUMNS = 2 ** 31 - 1;

/** Entries of a sparse matrix in any order: entry p is `values[p]` in row `rows[p]` and column `columns[p]`. */
export interface SparseEntries {
  readonly rowIndices: ArrayLike<number>;
  readonly columnIndices: ArrayLike<number>;
  readonly values: FloatArray;
  /** Whether the values are true and false, which add up to true. */
  readonly logical?: boolean;
}

/**
 * Makes compressed rows of entries in any order; those of the same place are summed, zeros that are stored stay.
 *
 * @param shape - rows and columns, as a file states them
 * @throws CrossmodalError `format` when the shape is no pair of sizes, or an entry lies outside; `unsupported` beyond 2^24 rows.
 */
export function entriesToRows(shape: readonly number[], entries: SparseEntries, where: string): CsrMatrix {
  const [rows = NaN, columns = NaN] = shape;
  const isShape = shape.length === 2 && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!isShape || columns > MAXIMUM_COLUMNS)
    throw formatError(where, 'a sparse matrix of two dimensions', `a shape of ${shape.join(' x ')}`);
  if (rows > MAXIMUM_ROWS) {
    throw unsupportedError(
      where,
      `at most ${MAXIMUM_ROWS} sparse rows`,
      `${rows}`,
      'Transpose the matrix first.',
    );
  }
  const { rowIndices, columnIndices, values } = entries;
  const offsets = new Int32Array(rows + 1);
  for (let p = 0; p < values.length; p++) {
    const [i, j] = [rowIndices[p]!, columnIndices[p]!];
    if (!isIndex(i, rows)) throw formatError(where, `row indices in 0..${rows - 1}`, `${i}`);
    if (!isIndex(j, columns)) throw formatError(where, `column indices in 0..${columns - 1}`, `${j}`);
    offsets[i + 1]!++;
  }
  for (let i = 0; i < rows; i++) offsets[i + 1]! += offsets[i]!;
  const order = new Int32Array(values.length);
  const next = offsets.slice(0, rows);
  for (let p = 0; p < values.length; p++) order[next[rowIndices[p]!]!++] = p;
  return mergedRows(rows, columns, offsets, order, entries);
}

function isIndex(index: number, size: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < size;
}

/** Sorts each row by column and sums what falls on one place. */
function mergedRows(
  rows: number,
  columns: number,
  offsets: Int32Array,
  order: Int32Array,
  { columnIndices, values, logical = false }: SparseEntries,
): CsrMatrix {
  const rowOffsets = new Int32Array(rows + 1);
  const kept = new Int32Array(order.length);
  const sums = values.slice();
  let stored = 0;
  for (let i = 0; i < rows; i++) {
    rowOffsets[i + 1] = stored;
    // Most rows of a tall matrix may be empty.
    if (offsets[i] === offsets[i + 1]) continue;
    const row = order.subarray(offsets[i]!, offsets[i + 1]!);
    if (!ascends(row, columnIndices)) row.sort((p, q) => columnIndices[p]! - columnIndices[q]! || p - q);
    const start = stored;
    for (const p of row) {
      if (stored > start && kept[stored - 1] === columnIndices[p]) sums[stored - 1]! += values[p]!;
      else {
        kept[stored] = columnIndices[p]!;
        sums[stored++] = values[p]!;
      }
    }
    rowOffsets[i + 1] = stored;
  }
  if (logical) for (let p = 0; p < stored; p++) sums[p] = sums[p] === 0 ? 0 : 1;
  return csrMatrix(rows, columns, rowOffsets, kept.slice(0, stored), sums.slice(0, stored));
}

function ascends(row: Int32Array, columnIndices: ArrayLike<number>): boolean {
  for (let k = 1; k < row.length; k++) {
    if (columnIndices[row[k]!]! < columnIndices[row[k - 1]!]!) return false;
  }
  return true;
}
