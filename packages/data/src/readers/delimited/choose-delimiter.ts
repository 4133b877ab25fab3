import { isCrossmodalError } from '@crossmodal/core';
import { isMissing } from './cell.js';
import { alignHeader } from './align-header.js';
import { findHeader, isNumeric } from './header.js';
import { records } from './records.js';

/** The first records of a text, cut by one delimiter. */
export interface Sample {
  readonly delimiter: string;
  readonly records: readonly (readonly string[])[];
}

/** Records that are looked at before a table is read. */
const SAMPLED = 100;

// In this order where several fit equally well: the rarer a character is in text, the more it says.
const CANDIDATES = ['\t', ';', '|', ',', 'blanks'];

/**
 * Cuts the start of a text by the delimiter that fits best: the same number of cells on every line, and of those the most numbers.
 *
 * @param bytes - the first lines
 * @param isCut - whether the text goes on
 * @param decimal - the decimal sign, when it is given
 * @throws CrossmodalError `format` when the quotes break the rules with every delimiter.
 */
export function chooseDelimiter(
  bytes: Buffer,
  skip: number,
  isCut: boolean,
  decimal: '.' | ',' | undefined,
  where: string,
): Sample {
  const readings: Reading[] = [];
  for (const delimiter of CANDIDATES) {
    const isThere =
      delimiter === 'blanks' ? bytes.includes(32) || bytes.includes(9) : bytes.includes(delimiter);
    if (!isThere) continue;
    const reading = tryDelimiter(bytes, { delimiter, skip, isCut }, where);
    if (reading !== undefined && (delimiter !== 'blanks' || isBlankTable(reading))) readings.push(reading);
  }
  const fitting = readings.filter((reading) => reading.isEven);
  // With a decimal comma, commas between cells are the last thing to assume.
  const preferred =
    decimal === ',' && fitting.some((reading) => reading.delimiter !== ',')
      ? fitting.filter((reading) => reading.delimiter !== ',')
      : fitting;
  const chosen =
    best(preferred, (reading) => reading.numbers) ??
    best(
      readings.filter((reading) => reading.delimiter !== 'blanks' || reading.numbers > 0.9),
      (reading) => reading.even,
    );
  if (
    chosen !== undefined &&
    !(decimal === ',' && chosen.delimiter === ',' && isOneColumn(bytes, skip, isCut, where))
  )
    return chosen;
  return takeSample(bytes, { delimiter: decimal === ',' ? ';' : ',', skip, isCut }, where);
}

/** The first records, cut by a given delimiter. */
export function takeSample(
  bytes: Buffer,
  layout: { readonly delimiter: string; readonly skip: number; readonly isCut: boolean },
  where: string,
): Sample {
  const found: (readonly string[])[] = [];
  for (const { cells } of records(bytes, layout, where)) {
    found.push(cells);
    if (found.length === SAMPLED) break;
  }
  return { delimiter: layout.delimiter, records: found };
}

interface Reading extends Sample {
  /** Cells of most lines. */
  readonly width: number;
  /** Share of the lines that have them. */
  readonly even: number;
  /** Whether all lines have them; the first may have one more or less. */
  readonly isEven: boolean;
  /** Share of numbers among the cells that hold something. */
  readonly numbers: number;
}

function tryDelimiter(
  bytes: Buffer,
  layout: { readonly delimiter: string; readonly skip: number; readonly isCut: boolean },
  where: string,
): Reading | undefined {
  let sample: Sample;
  try {
    sample = takeSample(bytes, layout, where);
  } catch (error) {
    if (isCrossmodalError(error, 'format')) return undefined;
    throw error;
  }
  const [first = [], ...rest] = sample.records;
  // The last record of a text that was cut may be cut too.
  const body = layout.isCut && rest.length > 1 ? rest.slice(0, -1) : rest;
  const lengths = new Map<number, number>();
  for (const cells of body) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  const [width, lines] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? [first.length, 0];
  if (Math.max(width, first.length) < 2) return undefined;
  const isEven = lines === body.length && width >= 2 && (first.length === width || isHeaderOf(first, body));
  return {
    ...sample,
    width,
    even: body.length === 0 ? 1 : lines / body.length,
    isEven,
    numbers: shareOfNumbers(body.length === 0 ? [first] : body),
  };
}

/** Whether the first line has one cell more or less than the others since it is their header. */
function isHeaderOf(first: readonly string[], body: readonly (readonly string[])[]): boolean {
  const { names } = alignHeader(first, body);
  return names.length === body[0]?.length && findHeader(names, body).isHeader;
}

function shareOfNumbers(rows: readonly (readonly string[])[]): number {
  let [values, numbers] = [0, 0];
  for (const row of rows) {
    for (const cell of row) {
      if (isMissing(cell.trim())) continue;
      values++;
      if (isNumeric(cell)) numbers++;
    }
  }
  return values === 0 ? 0 : numbers / values;
}

/** Text is full of blanks: they separate cells only where most cells are numbers, or the first line is short by the row names of R. */
function isBlankTable({ records: [first = []], width, numbers }: Reading): boolean {
  return numbers > 0.5 || (numbers > 0 && first.length === width - 1);
}

function best(readings: readonly Reading[], score: (reading: Reading) => number): Reading | undefined {
  let chosen: Reading | undefined;
  for (const reading of readings)
    if (chosen === undefined || score(reading) > score(chosen)) chosen = reading;
  return chosen;
}

/** Whether every line is one number with a decimal comma, or its name. */
function isOneColumn(bytes: Buffer, skip: number, isCut: boolean, where: string): boolean {
  const reading = takeSample(bytes, { delimiter: '\n', skip, isCut }, where);
  const [first, ...body] = reading.records;
  return first !== undefined && (body.length > 0 ? body : [first]).every(([cell = '']) => isNumeric(cell));
}
