import { CrossmodalError } from '@crossmodal/core';
import { CsvError, parse } from 'csv-parse/sync';
import type { ArrayValue } from '../arrays/array-value.js';
import { numericArray } from '../arrays/numeric-array.js';
import { looksLikeHeader } from './delimited/header.js';
import { Table } from './delimited/table.js';
import { formatError } from './format-error.js';

const [TAB, NEWLINE, QUOTE, SEMICOLON] = [9, 10, 34, 59];

/** Options of {@link readDelimited}. */
export interface DelimitedOptions {
  /** Whether the first line names the columns. @defaultValue 'auto': it holds no number and the second line does */
  readonly header?: boolean | 'auto';
  /** Character between cells. @defaultValue the one of tab, semicolon and comma that comes first in this order */
  readonly delimiter?: string;
  /** Names of columns that hold text even where it looks like numbers. @defaultValue [] */
  readonly text?: readonly string[];
  /** Name of the source in messages. @defaultValue 'readDelimited' */
  readonly where?: string;
}

/**
 * Reads comma, semicolon or tab separated values.
 *
 * The variable `data` is `[n, d]`, all numeric columns side by side. A column is numeric or text by its first cell and
 * must stay so; each text column is a variable of its own, and with a header each numeric column is one too, of
 * shape `[n]`. Columns without a header are called `column1`, `column2`, ...
 *
 * @param bytes - the whole file, UTF-8
 * @throws CrossmodalError `format` naming line and column of a cell that does not fit, the line of another length, or the column whose name
 * is taken.
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
  const { header = 'auto', delimiter = guessDelimiter(bytes), text = [], where = 'readDelimited' } = options;
  const { table, named } = parseTable(bytes, header, delimiter, text, where);
  const variables = new Map<string, ArrayValue>();
  const { values, columns } = table.numbers();
  if (columns > 0) variables.set('data', numericArray([table.rows, columns], values));
  let numeric = 0;
  table.names.forEach((name, j) => {
    const items = table.text(j);
    const from = items === undefined ? numeric++ : 0;
    if (variables.has(name)) {
      // The only numeric column may be called `data`, which it is.
      if (name === 'data' && items === undefined && columns === 1) return;
      throw new CrossmodalError({
        code: 'format',
        where,
        expected:
          name === 'data' ? "no column 'data' beside the numbers of that name" : 'columns of distinct names',
        received: `'${name}' as column ${j + 1}`,
        advice: 'Rename the column in the first line.',
      });
    }
    if (items !== undefined) variables.set(name, { kind: 'text', shape: [items.length], items });
    else if (named) {
      const column = Float64Array.from({ length: table.rows }, (_, i) => values[i * columns + from]!);
      variables.set(name, numericArray([table.rows], column));
    }
  });
  return variables;
}

interface Line {
  readonly record: readonly string[];
  readonly number: number;
}

function parseTable(
  bytes: Uint8Array,
  header: boolean | 'auto',
  delimiter: string,
  text: readonly string[],
  where: string,
): { readonly table: Table; readonly named: boolean } {
  let first: Line | undefined;
  let table: Table | undefined;
  let named = false;
  const begin = (line: Line, next: Line | undefined) => {
    named = header === 'auto' ? looksLikeHeader(line.record, next?.record) : header;
    const fallback = line.record.map((_, j) => `column${j + 1}`);
    const names = named ? line.record.map((cell, j) => cell.trim() || fallback[j]!) : fallback;
    table = new Table(names, named ? (next?.record ?? []) : line.record, text, where);
    if (!named) table.add(line.record, line.number);
  };
  const take = (line: Line) => {
    if (first === undefined) {
      first = line;
      return;
    }
    if (table === undefined) begin(first, line);
    table!.add(line.record, line.number);
  };
  try {
    parse(bytes, {
      delimiter,
      bom: true,
      skip_empty_lines: true,
      // Lengths are checked by the table, which names the line.
      relax_column_count: true,
      // Records are taken one by one, so that cells of large files are never all held as text.
      on_record: (record: string[], context) => {
        take({ record, number: context.lines });
        return null;
      },
    });
  } catch (cause) {
    if (cause instanceof CsvError) throw formatError(where, 'separated values', cause.message, cause);
    throw cause;
  }
  if (first !== undefined && table === undefined) begin(first, undefined);
  if (table === undefined || table.rows === 0)
    throw formatError(where, 'one line of values at least', 'none');
  return { table, named };
}

/** The delimiter of the first record, outside of its quoted cells. */
function guessDelimiter(bytes: Uint8Array): string {
  let isQuoted = false;
  let hasSemicolon = false;
  for (const byte of bytes) {
    // A quote inside of a quoted cell is written twice, which opens and closes nothing.
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (byte === TAB) return '\t';
    else if (byte === SEMICOLON) hasSemicolon = true;
    else if (byte === NEWLINE) break;
  }
  return hasSemicolon ? ';' : ',';
}
