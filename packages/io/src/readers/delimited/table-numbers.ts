import { CrossmodalError } from '@crossmodal/core';
import type { NumericArray } from '../../arrays/array-value.js';
import { numericArray } from '../../arrays/numeric-array.js';
import { showCell } from './cell.js';
import type { NumberColumn, Table, TableColumn } from './table.js';

/**
 * Columns of a table side by side, `[rows, columns]`, in double precision; NaN where a value is missing.
 *
 * @param columns - of this table, in the order wanted. @defaultValue all of role `data` that are numbers or refused
 * @throws CrossmodalError `format` naming line and cell when a column is refused or empty; `value` when it is text.
 * @example
 * ```ts
 * const table = readTable(new TextEncoder().encode('id,x,y\n1,2.5,3\n2,4.5,5\n'));
 * tableNumbers(table).values; // Float64Array [2.5, 3, 4.5, 5]
 * ```
 */
export function tableNumbers(table: Table, columns: readonly TableColumn[] = features(table)): NumericArray {
  const slots = columns.map((column) => numbersIn(table, column).slot);
  const { rows, numbers, slots: stored } = table;
  const shape = [rows, slots.length];
  if (slots.length === stored && slots.every((slot, j) => slot === j)) return numericArray(shape, numbers);
  const values = new Float64Array(rows * slots.length);
  let p = 0;
  for (let i = 0; i < rows; i++) for (const slot of slots) values[p++] = numbers[i * stored + slot]!;
  return numericArray(shape, values);
}

function features(table: Table): TableColumn[] {
  return table.columns.filter(
    ({ role, kind }) => role === 'data' && (kind === 'number' || kind === 'refused'),
  );
}

function numbersIn(table: Table, column: TableColumn): NumberColumn {
  const { where } = table;
  switch (column.kind) {
    case 'number':
      return column;
    case 'refused':
      throw new CrossmodalError({
        code: 'format',
        where,
        expected: `a number on line ${column.line}, ${placeOf(column)}`,
        received: showCell(column.cell),
        advice: column.isMissing ? missingAdvice(table) : OTHER_ADVICE,
      });
    case 'text':
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: `numbers in ${placeOf(column)}`,
        received: column.note ?? 'text',
        advice: column.unit === undefined ? 'Name a column of numbers.' : 'Take the unit out of the cells.',
      });
    case 'empty':
      throw new CrossmodalError({
        code: 'format',
        where,
        expected: `a number on line ${column.line}, ${placeOf(column)}`,
        received: `${showCell(column.cell)}, and no value further down`,
        advice: 'Leave the column out.',
      });
  }
}

function placeOf({ name, position }: TableColumn): string {
  return `column ${position + 1} ('${name}')`;
}

const OTHER_ADVICE =
  'Most cells of the column are numbers: correct this one, or leave the column out of the file.';

function missingAdvice(table: Table): string {
  const cure = hasAbsentRow(table)
    ? 'Where all values of a row are missing, read it as absent (absent=nan); otherwise fill'
    : 'Fill';
  return `${cure} in missing cells, or leave the column or the row out of the file.`;
}

/** Whether some row has none of its numbers. */
function hasAbsentRow({ columns, numbers, rows, slots }: Table): boolean {
  const kept: number[] = [];
  for (const column of columns)
    if (column.kind === 'number' && column.role === 'index') kept.push(column.slot);
  for (let i = 0; i < rows; i++) {
    let isAbsent = true;
    for (let slot = 0; slot < slots && isAbsent; slot++)
      isAbsent = kept.includes(slot) || Number.isNaN(numbers[i * slots + slot]);
    if (isAbsent && slots > kept.length) return true;
  }
  return false;
}
