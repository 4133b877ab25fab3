import { checkInteger } from '../checks/check-integer.js';
import type { FloatArray } from '../matrix.js';
import type { BlockOptions, RowBlocks } from './row-blocks.js';

/**
 * The rows `first..end-1` of a matrix in blocks, numbered from 0 again.
 *
 * @throws CrossmodalError `option` when the range leaves the rows.
 * @example
 * ```ts
 * const later = sliceBlocks(blocksOf(fromRows([[1], [2], [3]])), 1, 3);
 * console.log((await gatherBlocks(later)).values); // 2, 3
 * ```
 */
export function sliceBlocks<T extends FloatArray>(
  source: RowBlocks<T>,
  first: number,
  end: number,
): RowBlocks<T> {
  checkInteger('sliceBlocks', 'end', end, { minimum: 0, maximum: source.rows });
  checkInteger('sliceBlocks', 'first', first, { minimum: 0, maximum: end });
  const { columns, rowShape, precision } = source;
  const rows = end - first;
  const shifted = (row: number, name: string): number => {
    checkInteger('sliceBlocks', name, row, { minimum: 0, maximum: rows });
    return first + row;
  };
  return {
    rows,
    columns,
    rowShape,
    precision,
    async *blocks(options: BlockOptions = {}) {
      const range = {
        first: shifted(options.first ?? 0, 'first'),
        end: shifted(options.end ?? rows, 'end'),
      };
      for await (const { start, features } of source.blocks({ ...options, ...range }))
        yield { start: start - first, features };
    },
  };
}
