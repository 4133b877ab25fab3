import { denseMatrix, throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { rowRanges, type LazyRows } from '../../solvers/sparse/lazy-rows.js';

/** Options of {@link mappedRows}. */
export interface MappedRowsOptions {
  /** Shape `[d, r]`; rows stay as they are where it is left out. */
  readonly map: DenseMatrix<Float32Array> | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Bytes of a block of rows on their way. */
const BLOCK_BYTES = 2 ** 24;

/** All rows times a map, block by block, so that events are heard in between; shape `[n, r]`. */
export async function mappedRows(
  where: string,
  blocks: LazyRows,
  { map, signal }: MappedRowsOptions,
): Promise<DenseMatrix<Float32Array>> {
  const columns = map?.columns ?? blocks.columns;
  const values = new Float32Array(blocks.rows * columns);
  const size = Math.max(1, Math.floor(BLOCK_BYTES / (4 * blocks.columns)));
  for (const [start, end] of rowRanges(blocks.rows, size)) {
    throwIfAborted(signal, where);
    const part = blocks.read(start, end);
    values.set((map === undefined ? part : backendProduct(part, map)).values, start * columns);
    await yieldToEvents();
  }
  return denseMatrix(values, blocks.rows, columns);
}
