import { usageError } from '../../errors/usage-error.js';

/** Rows counted from 0, both ends included. */
export interface RowRange {
  readonly first: number;
  /** Left out for all rows to the end. */
  readonly last?: number;
}

/**
 * Reads `FIRST:LAST`, rows counted from 0, both included; either may be left out.
 *
 * @throws CrossmodalError `option` when it is no such range, or an empty one.
 */
export function parseRowRange(where: string, text: string): RowRange {
  const [, first, last] = /^(\d*):(\d*)$/.exec(text) ?? [];
  const range = { first: Number(first ?? NaN), ...(last ? { last: Number(last) } : {}) };
  if (first === undefined || (range.last !== undefined && range.last < range.first)) {
    throw usageError(where, 'FIRST:LAST, rows counted from 0, both included', `'${text}'`);
  }
  return range;
}

/**
 * Start and end (excluded) of a range among `count` rows.
 *
 * @throws CrossmodalError `option` when the range reaches beyond the rows.
 */
export function resolveRowRange(
  where: string,
  range: RowRange | undefined,
  count: number,
): readonly [number, number] {
  const { first = 0, last = count - 1 } = range ?? {};
  if (range && (first >= count || last >= count)) {
    throw usageError(where, `rows in 0..${count - 1}`, `${range.first}:${range.last ?? ''}`);
  }
  return [first, last + 1];
}
