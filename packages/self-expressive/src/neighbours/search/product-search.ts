import type { DenseMatrix, ProgressEvent } from '@crossmodal/core';

/** What the exact and the approximate search are given: checked, without absent rows, with at least one neighbour to find for each query. */
export interface ProductSearch {
  /** The public function, for errors. */
  readonly where: string;
  /** Shape `[m, d]`. */
  readonly queries: DenseMatrix<Float32Array>;
  /** Shape `[n, d]`. */
  readonly references: DenseMatrix<Float32Array>;
  /** The reference that each query is itself, which is left out; undefined where queries are others. */
  readonly own?: Int32Array | undefined;
  /** Neighbours of each query, no more than there are references besides its own. */
  readonly count: number;
  /** Bytes that one block may take. */
  readonly memory: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** Lists of the references of largest product with each query, the largest first, of equal ones the smaller number. */
export interface ProductLists {
  /** Row-major, shape `[m, count]`; -1 where nothing has been found. */
  readonly indices: Int32Array;
  /** Row-major, shape `[m, count]`; `-Infinity` where nothing has been found. */
  readonly products: Float32Array;
}
