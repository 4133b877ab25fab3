import type { DenseMatrix, FloatArray } from '../matrix.js';

/** Consecutive rows of a larger matrix. */
export interface RowBlock<T extends FloatArray = FloatArray> {
  /** Number of its first row, counted from 0. */
  readonly start: number;
  /** Shape `[m, d]`. The values may be a view of the source; do not change them. */
  readonly features: DenseMatrix<T>;
}

/** Which rows to read, and how many at a time. */
export interface BlockOptions {
  /** First row. @defaultValue 0 */
  readonly first?: number | undefined;
  /** Row after the last. @defaultValue the number of rows */
  readonly end?: number | undefined;
  /** Rows of each block but the last. @defaultValue as many as `memory` holds, one at least */
  readonly rowsPerBlock?: number | undefined;
  /** Most bytes that the values of one block take; an alternative to `rowsPerBlock`. @defaultValue 16 MiB */
  readonly memory?: number | undefined;
  /** Stops the pass before its next block. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The rows of a matrix `[n, d]` that need not fit in memory. They come in blocks, in order, and can be read any number of times.
 */
export interface RowBlocks<T extends FloatArray = FloatArray> {
  /** n. */
  readonly rows: number;
  /** d. */
  readonly columns: number;
  /** Shape of one row in its source, such as `[height, width]` of images; its product is d. */
  readonly rowShape: readonly number[];
  /** Whether values come as 32-bit or as 64-bit numbers. */
  readonly precision: 'single' | 'double';
  /**
   * Reads the rows once, from first to last. Each call starts a new pass and gives the same values.
   *
   * @throws CrossmodalError `option` when the range or the size of blocks is impossible; `aborted` when the signal fires; any error of the
   * source.
   */
  blocks(options?: BlockOptions): AsyncIterable<RowBlock<T>>;
}

/** Options of functions that read all blocks of a matrix. */
export interface BlockPassOptions extends Pick<BlockOptions, 'memory' | 'signal'> {
  /** 1 where the row is present, length `n`; absent rows do not count. @defaultValue all are present */
  readonly present?: Uint8Array | undefined;
}
