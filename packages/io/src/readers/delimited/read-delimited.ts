import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../../arrays/array-value.js';
import { readTable } from './read-table.js';
import type { Table, TableColumn, TableOptions } from './table.js';
import { tableNumbers } from './table-numbers.js';

/** Options of {@link readDelimited}: those of {@link readTable}. */
export type DelimitedOptions = TableOptions;

/**
 * Reads a text table as {@link readTable} does, into arrays by name.
 *
 * The variable `data` is `[n, d]`, all columns of numbers side by side, index columns among them. Each column of text is a variable of its
 * own, and with a header each column of numbers is one too, of shape `[n]`. Columns without a name are called `column1`, `column2`, ...
 * Empty columns are left out.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError as {@link readTable}; `format` naming line and column of a cell that is no number among numbers, or the column
 * whose name is taken.
 * @example
 * ```ts
 * const table = readDelimited(new TextEncoder().encode('a,b,kind\n1,2,cat\n3,4,dog\n'));
 * table.get('data'); // an array of 2 x 2
 * ```
 */
export function readDelimited(
  bytes: Uint8Array,
  options: DelimitedOptions = {},
): ReadonlyMap<string, ArrayValue> {
  const { where = 'readDelimited' } = options;
  const table = readTable(bytes, { ...options, where });
  const numeric = table.columns.filter(isNumeric);
  const variables = new Map<string, ArrayValue>();
  if (numeric.length > 0) variables.set('data', tableNumbers(table, numeric));
  for (const column of table.columns) {
    const { kind, name } = column;
    if (kind === 'empty') continue;
    if (variables.has(name)) {
      // The only numeric column may be called `data`, which it is.
      if (name === 'data' && kind !== 'text' && numeric.length === 1) continue;
      throw nameTaken(column, where);
    }
    if (kind === 'text') variables.set(name, { kind, shape: [table.rows], items: column.items });
    else if (table.named) variables.set(name, oneColumn(table, column));
  }
  return variables;
}

/** Whether a column is to be numbers; an empty one with marks of missing values is refused as such. */
function isNumeric(column: TableColumn): boolean {
  return (
    column.kind === 'number' || column.kind === 'refused' || (column.kind === 'empty' && !column.isBlank)
  );
}

function oneColumn(table: Table, column: TableColumn): ArrayValue {
  return { ...tableNumbers(table, [column]), shape: [table.rows] };
}

function nameTaken({ name, kind, position }: TableColumn, where: string): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where,
    expected:
      name === 'data' && kind === 'text'
        ? "no column 'data' beside the numbers of that name"
        : 'columns of distinct names',
    received: `'${name}' as column ${position + 1}`,
    advice: 'Rename the column in the first line.',
  });
}
