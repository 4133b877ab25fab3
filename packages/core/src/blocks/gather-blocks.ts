import type { DenseMatrix, FloatArray } from '../matrix.js';
import type { BlockOptions, RowBlocks } from './row-blocks.js';

/**
 * Copies the rows of all blocks into one matrix, in the precision of the blocks; for those few that fit in memory.
 *
 * @returns shape `[end - first, d]`
 * @throws CrossmodalError as the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2], [3, 4], [5, 6]]));
 * console.log((await gatherBlocks(rows, { end: 2 })).values); // 1, 2, 3, 4
 * ```
 */
export async function gatherBlocks<T extends FloatArray>(
  source: RowBlocks<T>,
  options: BlockOptions = {},
): Promise<DenseMatrix<T>> {
  const { columns, precision } = source;
  const { first = 0, end = source.rows } = options;
  const length = Math.max(0, end - first) * columns;
  const values = (precision === 'single' ? new Float32Array(length) : new Float64Array(length)) as T;
  for await (const { start, features } of source.blocks(options))
    values.set(features.values, (start - first) * columns);
  return { kind: 'dense', rows: end - first, columns, values };
}
