import { CrossmodalError } from '../errors.js';
import type { DenseMatrix, FloatArray } from '../matrix.js';
import type { BlockOptions, RowBlocks } from './row-blocks.js';

/**
 * Copies the rows of all blocks into one matrix of the same precision.
 *
 * @returns shape `[end - first, d]`
 * @throws CrossmodalError `unsupported` when they do not fit in memory; any error of the source.
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
  const values = room(Math.max(0, end - first), columns, precision) as T;
  for await (const { start, features } of source.blocks(options))
    values.set(features.values, (start - first) * columns);
  return { kind: 'dense', rows: end - first, columns, values };
}

function room(rows: number, columns: number, precision: RowBlocks['precision']): FloatArray {
  try {
    const length = rows * columns;
    return precision === 'single' ? new Float32Array(length) : new Float64Array(length);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CrossmodalError({
      code: 'unsupported',
      where: 'gatherBlocks',
      expected: 'rows that memory holds',
      received: `${rows} x ${columns}`,
      advice: 'Keep fewer columns, such as principal components, or fewer rows.',
      cause,
    });
  }
}
