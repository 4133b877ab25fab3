import { denseMatrix } from '@crossmodal/core';
import { selectColumn, tableNumbers, type Table, type TableColumn } from '@crossmodal/io';
import { usageError } from '../../errors/usage-error.js';
import { listed, type Warning, type WarningCode } from '../../warnings.js';
import type { ModalitySpec } from '../grammar/modality-spec.js';
import type { LeftOutColumn } from './modality-description.js';
import { reverseAxes } from './reverse-axes.js';
import type { StoredFeatures } from './stored-features.js';

interface LeftOut extends LeftOutColumn {
  readonly code: WarningCode;
}

/**
 * Features of a table: the column that is named, or all columns of numbers but an index and the labels.
 *
 * @param labels - names of columns that hold labels
 * @throws CrossmodalError when a column cannot be read as numbers, is the labels, or none is left.
 */
export function tableFeatures(
  spec: ModalitySpec,
  name: string,
  table: Table,
  labels: ReadonlySet<string>,
): StoredFeatures {
  const where = `modality '${name}'`;
  const { columns, leftOut } = chooseColumns(where, spec.variable, table, labels);
  if (columns.length === 0) {
    const why = leftOut.map(({ column, reason }) => `'${column}' (${reason})`);
    throw usageError(where, 'a column of numbers', why.length === 0 ? 'none' : `none beside ${listed(why)}`);
  }
  const numbers = tableNumbers(table, columns);
  const value = spec.transpose ? reverseAxes(numbers) : numbers;
  if (value.kind !== 'array') throw usageError(where, 'numbers', value.kind);
  const [rows = 0, width = 0] = value.shape;
  return {
    name,
    matrix: denseMatrix(value.values, rows, width),
    leftOut: leftOut.map(({ column, reason }) => ({ column, reason })),
    readAs: `a table ${table.dialect.words}`,
    warnings: [
      ...headerWarning(spec, name, table),
      ...leftOutWarnings(name, leftOut),
      ...noteWarnings(name, columns),
    ],
  };
}

function chooseColumns(
  where: string,
  variable: string | undefined,
  table: Table,
  labels: ReadonlySet<string>,
): { readonly columns: readonly TableColumn[]; readonly leftOut: readonly LeftOut[] } {
  if (variable !== undefined) {
    const column = selectColumn(table, variable);
    if (labels.has(column.name)) {
      throw usageError(where, 'a column of features', `'${column.name}', which --labels names`);
    }
    return { columns: [column], leftOut: [] };
  }
  const columns: TableColumn[] = [];
  const leftOut: LeftOut[] = [];
  for (const column of table.columns) {
    const reason = reasonToLeaveOut(column, labels);
    if (reason === undefined) columns.push(column);
    // What a delimiter at the end of each line makes is no column.
    else if (column.kind !== 'empty' || !column.isBlank) leftOut.push({ column: column.name, ...reason });
  }
  return { columns, leftOut };
}

function reasonToLeaveOut(
  column: TableColumn,
  labels: ReadonlySet<string>,
): { readonly code: WarningCode; readonly reason: string } | undefined {
  if (labels.has(column.name)) return { code: 'left-out-labels', reason: 'the labels' };
  if (column.role === 'index')
    return { code: 'left-out-index', reason: `an index: ${column.reason ?? 'it names the rows'}` };
  if (column.kind === 'text') return { code: 'left-out-columns', reason: column.note ?? 'text' };
  if (column.kind === 'empty') return { code: 'left-out-columns', reason: 'no value' };
  return undefined;
}

const LEFT_OUT: readonly (readonly [WarningCode, string])[] = [
  ['left-out-columns', 'no numbers, left out'],
  ['left-out-index', 'left out'],
  ['left-out-labels', 'left out'],
];

/** One sentence for each kind of column. */
function leftOutWarnings(name: string, leftOut: readonly LeftOut[]): readonly Warning[] {
  return LEFT_OUT.flatMap(([code, what]): readonly Warning[] => {
    const columns = leftOut.filter((column) => column.code === code);
    if (columns.length === 0) return [];
    const named = columns.map(({ column, reason }) => `'${column}' (${reason})`);
    const noun = columns.length === 1 ? 'column' : 'columns';
    return [{ code, message: `modality '${name}': ${noun} ${listed(named)}: ${what}.` }];
  });
}

/** Columns that are features, and of which something is in doubt. */
function noteWarnings(name: string, columns: readonly TableColumn[]): readonly Warning[] {
  const noted = columns.flatMap(({ name: column, note }) =>
    note === undefined ? [] : [`'${column}' (${note})`],
  );
  if (noted.length === 0) return [];
  const noun = noted.length === 1 ? 'column' : 'columns';
  const cure = 'where that is wrong, leave it out of the file, or say decimal=point or decimal=comma';
  const message = `modality '${name}': ${noun} ${listed(noted)}: read as features; ${cure}.`;
  return [{ code: 'numbers', message }];
}

function headerWarning({ header }: ModalitySpec, name: string, table: Table): readonly Warning[] {
  if (header !== undefined || !table.dialect.headerIsGuess) return [];
  const read = table.named ? 'names of columns' : 'data';
  const message = `modality '${name}': the first line was read as ${read}, which is a guess; header=yes or header=no settles it.`;
  return [{ code: 'header', message }];
}
