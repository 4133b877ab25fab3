import { CrossmodalError } from '@crossmodal/core';
import {
  labelsFromArray,
  selectArray,
  selectColumn,
  tableNumbers,
  type LabelArray,
  type Table,
  type TableColumn,
} from '@crossmodal/io';
import type { FileReader } from '../file-reader.js';
import type { LabelSpec } from '../grammar/label-spec.js';
import { resolveRowRange } from '../grammar/row-range.js';

/**
 * Reads labels, one per object: whole numbers, truth values or text. A column of a table holds classes by its text, so that `01` and `1`
 * differ.
 *
 * @param where - the option in messages, with what it was given
 * @throws CrossmodalError `not-found` when the file or variable is not there, `shape` when it is no vector, `value` when a
 * label is no class.
 */
export async function loadLabels(where: string, spec: LabelSpec, files: FileReader): Promise<LabelArray> {
  const labels = await readLabels(where, spec, files);
  return labels.slice(...resolveRowRange(where, spec.rows, labels.length));
}

async function readLabels(where: string, spec: LabelSpec, files: FileReader): Promise<LabelArray> {
  const content = await files.read(spec, { missing: 'nan' });
  if (content.kind === 'arrays') {
    return labelsFromArray(selectArray(content.variables, spec.variable, `'${spec.path}'`, 'labels'), where);
  }
  const column = labelColumn(where, content.table, spec.variable);
  const again = await files.read(spec, { text: [column.name] });
  // Only its text tells classes apart that look like the same number.
  const text = again.kind === 'table' ? again.table.columns[column.position] : undefined;
  const items = text?.kind === 'text' ? text.items : [];
  checkGiven(where, content.table, column, items);
  // Numbers as they are usually written: a file of predictions, say.
  return items.every((item) => /^(0|-?[1-9]\d{0,8})$/.test(item)) ? Int32Array.from(items, Number) : items;
}

/** The column that is named, or the only one that can be meant. */
function labelColumn(where: string, table: Table, name: string | undefined): TableColumn {
  if (name !== undefined) return selectColumn(table, name);
  const filled = table.columns.filter(({ kind }) => kind !== 'empty');
  const data = filled.filter(({ role }) => role === 'data');
  const [only, ...others] = data.length > 0 ? data : filled;
  if (only !== undefined && others.length === 0) return only;
  throw new CrossmodalError({
    code: 'not-found',
    where,
    expected: 'the name of a column, as the table has several',
    received: filled.length === 0 ? 'none' : filled.map((column) => `'${column.name}'`).join(', '),
    advice: 'Name one of these, PATH:COLUMN.',
  });
}

/** Every object needs a label; in a column of numbers a mark such as NA is none. */
function checkGiven(where: string, table: Table, column: TableColumn, items: readonly string[]): void {
  const numbers = column.kind === 'number' ? tableNumbers(table, [column]).values : undefined;
  const row = items.findIndex((item, i) => item === '' || Number.isNaN(numbers?.[i]));
  if (row < 0) return;
  throw new CrossmodalError({
    code: 'value',
    where,
    expected: `a label in every row of column '${column.name}'`,
    received: items[row] === '' ? `an empty cell in row ${row}` : `'${items[row]}' in row ${row}`,
    advice: 'Rows are counted from 0; fill the label in, or remove the object from every file.',
  });
}
