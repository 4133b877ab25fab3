import type { RowBlock } from './row-blocks.js';

/**
 * Numbers of the rows of a block that are present, counted inside the block, ascending.
 *
 * @param present - 1 where a row of the whole matrix is present. @defaultValue all are
 * @example
 * ```ts
 * const block = { start: 2, features: fromRows([[1], [2]]) };
 * console.log(presentInBlock(block, Uint8Array.of(1, 1, 0, 1))); // 1
 * ```
 */
export function presentInBlock({ start, features }: RowBlock, present?: Uint8Array): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < features.rows; i++) if (present === undefined || present[start + i] !== 0) rows.push(i);
  return Int32Array.from(rows);
}
