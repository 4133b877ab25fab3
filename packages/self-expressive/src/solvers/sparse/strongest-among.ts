import {
  denseMatrix,
  throwIfAborted,
  yieldToEvents,
  type CsrMatrix,
  type DenseMatrix,
} from '@crossmodal/core';
import { selectedProducts } from '@crossmodal/linalg';
import type { CandidateLists } from './candidate-lists.js';
import type { Sign } from './check-sign.js';
import { rowRanges } from './lazy-rows.js';
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
  const ranges = rowRanges(x.rows, BLOCK_ROWS);
  const entries = ranges.reduce((most, [start, end]) => Math.max(most, offsets[end]! - offsets[start]!), 0);
  const products = selectedProducts(y, { rows: Math.min(BLOCK_ROWS, x.rows), entries });
  try {
    for (const [start, end] of ranges) {
      throwIfAborted(signal, 'strongestAmong');
      const values = products.of(rowsOf(x, start, end), offsets.subarray(start, end + 1), rows);
      for (let i = start, q = 0; i < end; i++) {
        for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
          const value = values[q++]!;
          const size = sign === 'both' ? Math.abs(value) : sign === 'positive' ? value : -value;
          if (size > floors[i]!) lists.offer(i, rows[p]!, value);
        }
      }
      await yieldToEvents();
    }
  } finally {
    products.release();
  }
  return lists.build(y.rows, factorOf);
}

function rowsOf(
  { columns, values }: DenseMatrix<Float32Array>,
  start: number,
  end: number,
): DenseMatrix<Float32Array> {
  return denseMatrix(values.subarray(start * columns, end * columns), end - start, columns);
}
