import type { ProgressEvent, RandomSource } from '@crossmodal/core';

/** Options of {@link nearestNeighbours}. */
export interface NearestNeighbourOptions {
  /** Neighbours of each row, 1 or more; no more than there are other rows are given. */
  readonly neighbours: number;
  /**
   * `exact`: all products are taken. `approximate`: those with the rows of near cells, unless these are a large part of all rows. `auto`: exact up to
   * {@link EXACT_ROWS} rows, approximate beyond.
   *
   * @defaultValue 'auto'
   */
  readonly method?: 'auto' | 'exact' | 'approximate';
  /** Share of the true neighbours that the approximate search aims at, in `(0, 1]`. @defaultValue 0.98 */
  readonly recall?: number;
  /** Decides the samples of the approximate search. @defaultValue `randomSource(0)` */
  readonly random?: RandomSource | undefined;
  /** Bytes that one block of the search may take, besides the rows and the result. @defaultValue 64 MiB */
  readonly memory?: number;
  /** 1 where the row is present; absent rows have no neighbours and are none. By default all are. */
  readonly present?: Uint8Array | undefined;
  /** Stops the search between blocks. */
  readonly signal?: AbortSignal | undefined;
  /** Called between blocks with the rows that are done, phase `neighbours`. */
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** The nearest rows of each row. */
export interface NearestNeighbours {
  /** Neighbours of each row, `min(neighbours, n - 1)`. */
  readonly count: number;
  /** Row numbers, nearest first, of equally near ones the smaller, row-major, shape `[n, count]`; -1 from where there are no more, as with absent rows. */
  readonly indices: Int32Array;
}

/** Neighbours, how near they are, and how they were found. */
export interface FoundNeighbours extends NearestNeighbours {
  /** Inner products with the neighbours, descending, shape `[n, count]`; `-Infinity` where there are no more. */
  readonly products: Float32Array;
  /** How the search was done. */
  readonly method: 'exact' | 'approximate';
  /** Share of the true neighbours found: 1 when exact, otherwise as measured on a sample. */
  readonly recall: number;
}
