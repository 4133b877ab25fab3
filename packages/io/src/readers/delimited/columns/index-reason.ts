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
const NUMBERS_ROWS = new Set(['rownames', 'rowname', 'rowid', 'rowindex', 'rownumber']);
// Names of a count, which a feature may bear too: the values must count as well.
const COUNTS = new Set([
  'no',
  'nr',
  'num',
  'number',
  'sample',
  'obs',
  'observation',
  'case',
  'record',
  'serial',
  'sno',
  '#',
]);

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
  if (items === undefined && !isWholeColumn(table, slot)) return undefined;
  if (name === '') return position === 0 ? 'it stands before the named columns' : undefined;
  if (NUMBERS_ROWS.has(plain) || /^unnamed:\s*\d+(\.\d+)*$/i.test(name))
    return 'its name says that it numbers the rows';
  if (COUNTS.has(plain) && slot >= 0 && table.rows >= 3 && countsRows(table, slot))
    return 'its name and its values number the rows';
  if (plain === 'id' || plain === 'ids') return 'its name says that it identifies the rows';
  const isKey = TELLS_APART.has(plain) || /[\s._-]id$/i.test(name) || /[a-z]I[dD]$/.test(name);
  return isKey && areDistinct(items, table, slot)
    ? 'its name and its distinct values identify the rows'
    : undefined;
}

/** Whether a column of numbers is 0, 1, 2, ... or 1, 2, 3, ... */
export function countsRows({ numbers, rows, slots }: FilledTable, slot: number): boolean {
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
