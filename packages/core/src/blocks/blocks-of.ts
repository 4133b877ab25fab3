import { throwIfAborted } from '../errors.js';
import type { DenseMatrix, FloatArray } from '../matrix.js';
import { blockRanges } from './block-ranges.js';
import type { RowBlocks } from './row-blocks.js';

/**
 * Gives the rows of a matrix in memory as blocks, without copying them.
 *
 * @param features - shape `[n, d]`
 * @param rowShape - shape of one row. @defaultValue `[d]`
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2], [3, 4], [5, 6]]));
 * for await (const { start, features } of rows.blocks({ rowsPerBlock: 2 })) console.log(start, features.rows); // 0 2, then 2 1
 * ```
 */
export function blocksOf<T extends FloatArray>(
  features: DenseMatrix<T>,
  rowShape: readonly number[] = [features.columns],
): RowBlocks<T> {
  const { rows, columns, values } = features;
  const source = {
    rows,
    columns,
    rowShape,
    precision: values instanceof Float32Array ? 'single' : 'double',
  } as const;
  return {
    ...source,
    async *blocks(options = {}) {
      for (const [start, end] of blockRanges('blocksOf', source, options)) {
        throwIfAborted(options.signal, 'blocksOf');
        const view = values.subarray(start * columns, end * columns) as T;
        yield await Promise.resolve({
          start,
          features: { kind: 'dense', rows: end - start, columns, values: view } as const,
        });
      }
    },
  };
}
