import { throwIfAborted, yieldToEvents, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import type { CandidateLists } from './candidate-lists.js';
import type { Sign } from './check-sign.js';
import { blockRanges } from './row-blocks.js';
import { rowProduct } from './row-product.js';
import { StrongestLists } from './strongest-lists.js';

/** Options of {@link strongestAmong}. */
export interface StrongestAmongOptions {
  readonly candidates: CandidateLists;
  readonly neighbours: number;
  readonly sign: Sign;
  readonly signal?: AbortSignal | undefined;
}

/** Rows between which events are heard. */
const BLOCK_ROWS = 4096;

/**
 * The strongest inner products of each row with its candidates, `<x_i, y_j>`: what {@link strongestProducts} finds where the candidates hold
 * it, in time `O(m c d)` with `c` candidates per row.
 *
 * @param x - shape `[m, d]`
 * @param y - shape `[n, d]`
 * @param factorOf - factor on what is kept of a row
 * @returns shape `[m, n]`, signs kept, columns ascending
 */
export async function strongestAmong(
  x: DenseMatrix<Float32Array>,
  y: DenseMatrix<Float32Array>,
  { candidates: { offsets, rows }, neighbours, sign, signal }: StrongestAmongOptions,
  factorOf: (row: number) => number = () => 1,
): Promise<CsrMatrix<Float32Array>> {
  const lists = new StrongestLists(x.rows, neighbours);
  const { floors } = lists;
  for (const [start, end] of blockRanges(x.rows, BLOCK_ROWS)) {
    throwIfAborted(signal, 'strongestAmong');
    for (let i = start; i < end; i++) {
      for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
        const j = rows[p]!;
        // As it is kept, so that equal products stay equal.
        const value = Math.fround(rowProduct(x, i, y, j));
        const size = sign === 'both' ? Math.abs(value) : sign === 'positive' ? value : -value;
        if (size > floors[i]!) lists.offer(i, j, value);
      }
    }
    await yieldToEvents();
  }
  return lists.build(y.rows, factorOf);
}
