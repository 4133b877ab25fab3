import { isCrossmodalError, type CrossmodalError } from '@crossmodal/core';
import { isMissing } from '../cell.js';
import { alignHeader } from '../header/align-header.js';
import { findHeader, isNumeric } from '../header/header.js';
import { records } from '../records.js';

/** The first records of a text, cut by one delimiter. */
export interface Sample {
  readonly delimiter: string;
  readonly records: readonly (readonly string[])[];
}

/** What is known of the start of a text before it is cut into cells. */
export interface SampleStart {
  /** Lines before the first record. */
  readonly skip: number;
  /** Sign of comment lines, which show nothing about the others. */
  readonly comment: string | undefined;
  /** Whether the text goes on. */
  readonly isCut: boolean;
}

/** Records that are looked at before a table is read. */
const SAMPLED = 100;

// A character that text does not have, for one column.
const NEVER = '\u0000';
// In this order where several fit equally well: the rarer a character is in text, the more it says.
const CANDIDATES = ['\t', ';', '|', ',', 'blanks'];

/**
 * Cuts the start of a text by the delimiter that fits best: the same number of cells on every line, and of those the most numbers.
 *
 * @param bytes - the first lines
 * @param decimal - the decimal sign, when it is given
 * @throws CrossmodalError `format` when the quotes break the rules with every delimiter.
 */
export function chooseDelimiter(
  bytes: Buffer,
  start: SampleStart,
  decimal: '.' | ',' | undefined,
  where: string,
): Sample {
  const readings: Reading[] = [];
  const errors: CrossmodalError[] = [];
  for (const delimiter of CANDIDATES) {
    const isThere =
      delimiter === 'blanks' ? bytes.includes(32) || bytes.includes(9) : bytes.includes(delimiter);
    if (!isThere) continue;
    const reading = tryDelimiter(bytes, { ...start, delimiter }, where);
    if (isCrossmodalError(reading)) {
      if (delimiter !== 'blanks' || errors.length === 0) errors.push(reading);
    } else if (reading !== undefined && (delimiter !== 'blanks' || isBlankTable(reading)))
      readings.push(reading);
  }
  const fitting = readings.filter((reading) => reading.isEven);
  // With a decimal comma, commas between cells are the last thing to assume.
  const preferred =
    decimal === ',' && fitting.some((reading) => reading.delimiter !== ',')
      ? fitting.filter((reading) => reading.delimiter !== ',')
      : fitting;
  const chosen = best(preferred, (reading) => reading.numbers);
  if (chosen !== undefined && !(decimal === ',' && chosen.delimiter === ',')) return chosen;
  // Quotes that break the rules with every delimiter, in the words of the most common one that is there.
  if (readings.length === 0 && errors.length > 0) throw errors[errors.length - 1]!;
  const one = sampleOrError(bytes, { ...start, delimiter: NEVER }, where);
  // Cells in quotes one after another are no single column, whatever sign stands before their decimals.
  if (isCrossmodalError(one)) {
    if (chosen !== undefined) return chosen;
    throw one;
  }
  if (isDecimalColumn(one, decimal)) return { ...one, delimiter: ';' };
  const nearest = best(
    readings.filter((reading) => reading.delimiter !== 'blanks' || reading.numbers > 0.9),
    (reading) => reading.even,
  );
  return chosen ?? nearest ?? { ...one, delimiter: ',' };
}

/** The first records, cut by a given delimiter. */
export function takeSample(
  bytes: Buffer,
  layout: SampleStart & { readonly delimiter: string },
  where: string,
): Sample {
  const found: (readonly string[])[] = [];
  for (const { cells } of records(bytes, layout, where)) {
    if (layout.comment !== undefined && cells[0]!.startsWith(layout.comment)) continue;
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
  layout: SampleStart & { readonly delimiter: string },
  where: string,
): Reading | CrossmodalError | undefined {
  const sample = sampleOrError(bytes, layout, where);
  if (isCrossmodalError(sample)) return sample;
  const [first = [], ...rest] = sample.records;
  // The last record of a text that was cut may be cut too.
  const body = layout.isCut && rest.length > 1 ? rest.slice(0, -1) : rest;
  const lengths = new Map<number, number>();
  for (const cells of body) lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
  const [width, lines] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? [first.length, 0];
  // A name with a blank or a comma above one column separates nothing.
  if (width < 2 && !(first.length > 1 && first.every(isNumeric))) return undefined;
  const isEven =
    lines === body.length &&
    width >= 2 &&
    (first.length === width || isHeaderOf(first, body, layout.delimiter));
  return {
    ...sample,
    width,
    even: body.length === 0 ? 1 : lines / body.length,
    isEven,
    numbers: shareOfNumbers(body.length === 0 ? [first] : body),
  };
}

/** The first records, or what the quotes have against it. */
function sampleOrError(
  bytes: Buffer,
  layout: SampleStart & { readonly delimiter: string },
  where: string,
): Sample | CrossmodalError {
  try {
    return takeSample(bytes, layout, where);
  } catch (error) {
    if (isCrossmodalError(error, 'format')) return error;
    throw error;
  }
}

/** Whether the first line has one cell more or less than the others since it is their header. */
function isHeaderOf(
  first: readonly string[],
  body: readonly (readonly string[])[],
  delimiter: string,
): boolean {
  const { names, hasRowNames } = alignHeader(first, body);
  // One name above numbers with one comma each: these are decimal commas.
  if (hasRowNames && delimiter === ',' && names.length === 2 && body.every(([cell]) => isNumeric(cell!)))
    return false;
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

/** Whether every line is one number, some with a decimal comma, below a name; where there is none, the caller has to name the sign. */
function isDecimalColumn({ records: lines }: Sample, decimal: '.' | ',' | undefined): boolean {
  const [first = '', ...rest] = lines.map(([cell = '']) => cell.trim());
  const isNamed = rest.length > 0 && !isNumeric(first) && !first.includes(',');
  if (!isNamed && decimal !== ',') return false;
  const cells = isNamed ? rest : [first, ...rest];
  return (
    cells.some((cell) => cell.includes(',')) && cells.every((cell) => isMissing(cell) || isNumeric(cell))
  );
}
