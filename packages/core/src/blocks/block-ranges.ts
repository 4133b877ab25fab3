import { checkInteger } from '../checks/check-integer.js';
import { CrossmodalError } from '../errors.js';
import type { BlockOptions, RowBlocks } from './row-blocks.js';

/** Large enough for fast reading, small beside any matrix that does not fit in memory. */
const DEFAULT_MEMORY = 16 * 2 ** 20;

/**
 * Splits a pass into blocks: the first row of each and the row after its last. For implementations of {@link RowBlocks}.
 *
 * @param where - the source in messages
 * @throws CrossmodalError `option` when the range exceeds the rows, the block size is not a positive number, or both `rowsPerBlock` and `memory` are given.
 * @example
 * ```ts
 * const source = { rows: 5, columns: 2, precision: 'single' } as const;
 * console.log(blockRanges('mySource', source, { rowsPerBlock: 2 })); // [[0, 2], [2, 4], [4, 5]]
 * ```
 */
export function blockRanges(
  where: string,
  source: Pick<RowBlocks, 'rows' | 'columns' | 'precision'>,
  options: Omit<BlockOptions, 'signal'> = {},
): readonly (readonly [first: number, end: number])[] {
  const { rows } = source;
  const { first = 0, end = rows } = options;
  checkInteger(where, 'end', end, { minimum: 0, maximum: rows });
  checkInteger(where, 'first', first, { minimum: 0, maximum: end });
  const size = sizeOf(where, source, options);
  return Array.from({ length: Math.ceil((end - first) / size) }, (_, b) => {
    const start = first + b * size;
    return [start, Math.min(start + size, end)] as const;
  });
}

/** Rows of a block. */
function sizeOf(
  where: string,
  { columns, precision }: Pick<RowBlocks, 'columns' | 'precision'>,
  { rowsPerBlock, memory }: BlockOptions,
): number {
  if (rowsPerBlock !== undefined && memory !== undefined) {
    throw new CrossmodalError({
      code: 'option',
      where,
      expected: 'rowsPerBlock or memory',
      received: 'both',
    });
  }
  if (rowsPerBlock !== undefined) {
    checkInteger(where, 'rowsPerBlock', rowsPerBlock, { minimum: 1 });
    return rowsPerBlock;
  }
  const bytes = memory ?? DEFAULT_MEMORY;
  if (!(bytes > 0 && bytes < Infinity)) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'memory'`,
      expected: 'a number of bytes above 0',
      received: String(bytes),
    });
  }
  return Math.max(1, Math.floor(bytes / (columns * (precision === 'single' ? 4 : 8) || 1)));
}
