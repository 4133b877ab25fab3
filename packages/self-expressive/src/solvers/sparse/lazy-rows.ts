import type { DenseMatrix } from '@crossmodal/core';

/** A tall matrix that is made block by block, where the whole would not fit. */
export interface LazyRows {
  /** Rows `n`. */
  readonly rows: number;
  /** Columns `d`. */
  readonly columns: number;
  /** Rows `start..end-1`, shape `[end - start, d]`. */
  read(start: number, end: number): DenseMatrix<Float32Array>;
}

/** Ranges `[start, end]` of a number of rows, each of `size` at most. */
export function rowRanges(rows: number, size: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, b) => [b * size, Math.min((b + 1) * size, rows)]);
}
