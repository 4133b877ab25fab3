import type { FilledTable } from './fill-columns.js';

/** A column, as far as {@link indexReason} looks at it. */
export interface IndexCandidate {
  /** The name as it stands in the header, `undefined` without a header. */
  readonly name: string | undefined;
  readonly position: number;
  /** Its cells when it is text. */
  readonly items: readonly string[] | undefined;
  /** Its place among the numbers when it is one of them. */
  readonly slot: number;
}

// Without blanks, points, lines and case.
const TELLS_APART = new Set(['index', 'idx', 'key', 'row', 'uid', 'uuid', 'guid']);
const NUMBERS_ROWS = new Set(['rownames', 'rowname', 'rowid', 'rowindex', 'rownumber', 'unnamed:0']);

/**
 * Why a column only tells rows apart, in words, or undefined when it is data: its name says so, or it has none and counts the rows. A name
 * alone is not enough where a feature might bear it: its values must be distinct.
 */
export function indexReason(column: IndexCandidate, table: FilledTable): string | undefined {
  const { name, position, items, slot } = column;
  if (name === undefined) {
    if (position > 0 || slot < 0 || table.rows < 3 || table.columns.length < 2) return undefined;
    return countsRows(table, slot) ? 'it has no name and counts the rows' : undefined;
  }
  if (items === undefined && slot < 0) return undefined;
  const plain = name.toLowerCase().replace(/[\s._-]/g, '');
  const isWhole = items !== undefined || isWholeColumn(table, slot);
  if (name === '') return position === 0 && isWhole ? 'it stands before the names of the columns' : undefined;
  if (NUMBERS_ROWS.has(plain) && isWhole) return `its name '${name}' says that it numbers the rows`;
  if (plain === 'id' || plain === 'ids')
    return isWhole ? `its name '${name}' says that it names the rows` : undefined;
  if (TELLS_APART.has(plain))
    return isWhole && areDistinct(items, table, slot) ? `'${name}' tells all rows apart` : undefined;
  if (!/(?:[\s._-]id|[a-z]I[dD])$/i.test(name) || !areDistinct(items, table, slot)) return undefined;
  return items !== undefined || (isWhole && hasNoGaps(table, slot))
    ? `'${name}' tells all rows apart`
    : undefined;
}

function countsRows({ numbers, rows, slots }: FilledTable, slot: number): boolean {
  const first = numbers[slot]!;
  if (first !== 0 && first !== 1) return false;
  for (let i = 1; i < rows; i++) if (numbers[i * slots + slot] !== first + i) return false;
  return true;
}

function isWholeColumn({ numbers, rows, slots }: FilledTable, slot: number): boolean {
  for (let i = 0; i < rows; i++) if (!Number.isInteger(numbers[i * slots + slot])) return false;
  return true;
}

function areDistinct(
  items: readonly string[] | undefined,
  { numbers, rows, slots }: FilledTable,
  slot: number,
): boolean {
  const seen = new Set<string | number>();
  for (let i = 0; i < rows; i++) seen.add(items === undefined ? numbers[i * slots + slot]! : items[i]!);
  return seen.size === rows;
}

/** Whether distinct whole numbers leave none out. */
function hasNoGaps({ numbers, rows, slots }: FilledTable, slot: number): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < rows; i++) {
    least = Math.min(least, numbers[i * slots + slot]!);
    most = Math.max(most, numbers[i * slots + slot]!);
  }
  return most - least === rows - 1;
}
