import type { CsrMatrix, FloatArray } from '@crossmodal/core';
import { formatError } from '../format-error.js';
import { entriesToRows } from './entries-to-rows.js';
import { expandOffsets } from './expand-offsets.js';

/** The parts of compressed columns. */
export interface CompressedColumns {
  /** Row of each value; there may be unused ones at the end. */
  readonly rowIndices: FloatArray;
  /** Start of each column, length `columns + 1`. */
  readonly columnOffsets: ArrayLike<number>;
  readonly values: FloatArray;
  /** Whether the values are true and false. */
  readonly logical: boolean;
}

/** Turns compressed columns into compressed rows. */
export function compressedColumnsToRows(
  shape: readonly number[],
  { rowIndices, columnOffsets, values, logical }: CompressedColumns,
  where: string,
): CsrMatrix {
  if (shape.length !== 2) throw formatError(where, 'a sparse matrix of two dimensions', `${shape.length}`);
  const available = Math.min(rowIndices.length, values.length);
  const columnIndices = expandOffsets(columnOffsets, shape[1]!, available, where);
  const stored = values.subarray(0, columnIndices.length) as FloatArray;
  return entriesToRows(shape, { rowIndices, columnIndices, values: stored, logical }, where);
}
