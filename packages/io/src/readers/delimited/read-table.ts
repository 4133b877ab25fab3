import type { CrossmodalError } from '@crossmodal/core';
import { formatError } from '../format-error.js';
import { oneLine } from './cell.js';
import { buildColumns } from './columns/build-columns.js';
import { countCell, emptyCounts, type ColumnCounts } from './columns/column-counts.js';
import { fillColumns, type FilledTable } from './columns/fill-columns.js';
import { planColumns, type ColumnPlan } from './columns/plan-columns.js';
import { decodeText } from './dialect/decode-text.js';
import { describeDialect } from './dialect/describe-dialect.js';
import { findLayout, type TableLayout } from './dialect/find-layout.js';
import { records, type TextRecord } from './records.js';
import type { Table, TableOptions } from './table.js';

/**
 * Reads a text table in whatever dialect it is written, and tells how it was understood.
 *
 * Cells are separated by commas, semicolons, tabs, `|` or runs of blanks, whichever splits the first lines evenly into the most numbers.
 * Columns are numbers (with decimal point or comma, groups of thousands, exponents of C or Fortran), true and false as 1 and 0, text, or
 * empty. A header is told from data by its types, and by numbers that count or name the columns. Columns that number the rows have the
 * role `index`. Nothing is left out: a column that cannot be used says why, and a column that mixes numbers with other text is refused when
 * {@link tableNumbers} reads it, not before.
 *
 * @param bytes - the whole file: UTF-8, UTF-16 with a byte order mark, or windows-1252
 * @throws CrossmodalError `format` when the bytes are no text, a line has another number of cells, quotes break the rules, or there is no
 * row; `unsupported` beyond 2^20 columns.
 * @example
 * ```ts
 * const table = readTable(new TextEncoder().encode('a;b;kind\n1,5;2;cat\n2,5;4;dog\n'));
 * table.dialect.words; // "separated by ';', decimal comma, header"
 * table.columns.map((column) => column.kind); // ['number', 'number', 'text']
 * ```
 */
export function readTable(bytes: Uint8Array, options: TableOptions = {}): Table {
  const { where = 'readTable', text = [], missing = 'refuse' } = options;
  const decoded = decodeText(bytes, where);
  const found = findLayout(decoded.bytes, options, where);
  const names = found.names;
  const isForced = Array.from(
    { length: found.width },
    (_, j) => text === 'all' || text.includes(oneLine(names?.[j] ?? '') || `column${j + 1}`),
  );
  const source: Source = { bytes: decoded.bytes, found, where };
  const { filled, plans } = fill(source, isForced, options);
  if (filled.rows === 0) throw noRows(where, names !== undefined);
  const columns = buildColumns(filled, { plans, names, hasRowNames: found.hasRowNames, missing });
  const { layout, comment, headerIsGuess } = found;
  const comments =
    comment === undefined ? undefined : { sign: comment, lines: (layout.skip ?? 0) + filled.comments };
  const dialect = describeDialect(
    {
      delimiter: layout.delimiter,
      header: names !== undefined,
      headerIsGuess,
      encoding: decoded.encoding,
      ...(comments === undefined ? {} : { comments }),
    },
    plans.flatMap((plan) => (plan.hasSigns ? [plan.format] : [])),
    found.width,
  );
  const { rows, slots, numbers } = filled;
  const guess =
    names === undefined
      ? 'The first line was read as data; it may be a header.'
      : 'The first line was read as a header; it may be data.';
  const notes = headerIsGuess ? [guess] : [];
  return { rows, named: names !== undefined, dialect, columns, numbers, slots, notes, where };
}

interface Source {
  readonly bytes: Buffer;
  readonly found: TableLayout;
  readonly where: string;
}

/** Reads all rows by a plan made from the first; where it does not hold, by one made from all. */
function fill(
  source: Source,
  isForced: readonly boolean[],
  options: TableOptions,
): { readonly filled: FilledTable; readonly plans: readonly ColumnPlan[] } {
  const { bytes, found, where } = source;
  const context = {
    delimiter: found.layout.delimiter,
    decimal: options.decimal === 'auto' ? undefined : options.decimal,
  };
  const plan = (counts: readonly ColumnCounts[]): ColumnPlan[] =>
    planColumns(counts, context).map((column, j) => (isForced[j]! ? { ...column, kind: 'text' } : column));
  const counts = isForced.map(emptyCounts);
  for (const cells of found.sample) addCells(counts, cells);
  const sampled = Math.max(
    1,
    found.sample.reduce((sum, cells) => sum + cells.join(',').length + 1, 0),
  );
  // A tenth more than the first rows let expect.
  const expectedRows = Math.min(
    bytes.length,
    Math.ceil(((found.sample.length + 1) * bytes.length * 1.1) / sampled),
  );
  const run = (plans: readonly ColumnPlan[]) =>
    fillColumns(rowsOf(source), { plans, comment: found.comment, expectedRows, where });
  let plans: readonly ColumnPlan[] = plan(counts);
  let filled = run(plans);
  const isCounted = isForced.map(() => filled.rows <= found.sample.length);
  for (;;) {
    const doubtful = isForced.flatMap((forced, j) =>
      !forced && !isCounted[j]! && isDoubtful(plans[j]!, filled, j) ? [j] : [],
    );
    if (doubtful.length === 0) return { filled, plans };
    for (const j of doubtful) {
      isCounted[j] = true;
      counts[j] = emptyCounts();
    }
    for (const { cells } of rowsOf(source)) {
      // Others are comments, or the table would have been refused.
      if (cells.length === counts.length) for (const j of doubtful) countCell(counts[j]!, cells[j]!);
    }
    const better = plan(counts);
    if (better.every((column, j) => isSamePlan(column, plans[j]!))) continue;
    plans = better;
    filled = run(plans);
  }
}

function* rowsOf({ bytes, found, where }: Source): Generator<TextRecord> {
  let isHeader = found.isFirstRecordHeader;
  for (const record of records(bytes, found.layout, where)) {
    if (!isHeader) yield record;
    isHeader = false;
  }
}

function addCells(counts: readonly ColumnCounts[], cells: readonly string[]): void {
  if (cells.length === counts.length) counts.forEach((column, j) => countCell(column, cells[j]!));
}

/** Whether all cells may show something else than the first ones did. */
function isDoubtful(plan: ColumnPlan, { columns, rows }: FilledTable, j: number): boolean {
  const { others, numeric, missing } = columns[j]!;
  if (plan.kind === 'text') return numeric * 2 >= rows - missing;
  return others > 0 || plan.isAmbiguous;
}

function isSamePlan(a: ColumnPlan, b: ColumnPlan): boolean {
  return a.kind === b.kind && a.format === b.format && a.isAmbiguous === b.isAmbiguous;
}

function noRows(where: string, hasHeader: boolean): CrossmodalError {
  return formatError(where, 'one line of values at least', hasHeader ? 'a header alone' : 'none');
}
