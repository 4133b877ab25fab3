import type { CrossmodalError } from '@crossmodal/core';
import { unsupportedError } from '../../format-error.js';
import { alignHeader } from '../header/align-header.js';
import { findHeader, type HeaderFinding } from '../header/header.js';
import { isMissing, oneLine } from '../cell.js';
import { MAXIMUM_COLUMNS, type Layout } from '../records.js';
import type { TableOptions } from '../table.js';
import { chooseDelimiter, takeSample, type Sample } from './choose-delimiter.js';

/** How a text is laid out, found from its start. */
export interface TableLayout {
  readonly layout: Layout;
  /** Cells of a row. */
  readonly width: number;
  /** Names of the columns, as they stand, when there is a header. */
  readonly names: readonly string[] | undefined;
  /** Whether the first record holds the names. */
  readonly isFirstRecordHeader: boolean;
  readonly headerIsGuess: boolean;
  /** Whether the first column has no place in the header, as the row names of R. */
  readonly hasRowNames: boolean;
  /** The sign that begins comment lines, when the text begins with such lines. */
  readonly comment: string | undefined;
  /** The first rows. */
  readonly sample: readonly (readonly string[])[];
}

const SAMPLE_BYTES = 1 << 20;

/** Finds delimiter, comments, header and width of a text table from its first lines. */
export function findLayout(bytes: Buffer, options: TableOptions, where: string): TableLayout {
  // A start with fewer than two whole records shows too little: long lines, or blank ones before the first.
  for (let size = SAMPLE_BYTES; ; size *= 8) {
    const isCut = size < bytes.length;
    const end = isCut ? bytes.subarray(0, size).lastIndexOf(bytes.includes(10) ? 10 : 13) : bytes.length - 1;
    const found = isCut && end < 0 ? undefined : layoutOf(bytes.subarray(0, end + 1), isCut, options, where);
    if (found !== undefined && found.width > MAXIMUM_COLUMNS) throw tooWide(where);
    if (found !== undefined && (!isCut || found.sample.length > 1)) return found;
  }
}

function tooWide(where: string): CrossmodalError {
  return unsupportedError(
    where,
    `at most ${MAXIMUM_COLUMNS} columns`,
    'more',
    'Save wider data as .npy, or check the line ends.',
  );
}

function layoutOf(start: Buffer, isCut: boolean, options: TableOptions, where: string): TableLayout {
  const lines = firstLines(start);
  const excel = /^sep=(.)$/i.exec(lines[0] ?? '')?.[1];
  const comments = excel === undefined ? leadingComments(lines) : [];
  const decimal = options.decimal === 'auto' ? undefined : options.decimal;
  const given = options.delimiter === 'auto' ? excel : (options.delimiter ?? excel);
  const read = (skip: number, comment: string | undefined): Sample => {
    const from = { skip, comment, isCut };
    if (given === undefined) return chooseDelimiter(start, from, decimal, where);
    return takeSample(start, { ...from, delimiter: given === ' ' ? 'blanks' : given }, where);
  };
  const skip = excel === undefined ? comments.length : 1;
  const found = fromSample(read(skip, comments[0]?.[0]), skip, options, comments);
  return found ?? fromSample(read(0, undefined), 0, options, [])!;
}

function fromSample(
  { delimiter, records }: Sample,
  skip: number,
  options: TableOptions,
  comments: readonly string[],
): TableLayout | undefined {
  const { header = 'auto', text = [] } = options;
  const [first = [], ...rest] = records;
  const base = { layout: { delimiter, skip }, comment: comments[0]?.[0], hasRowNames: false };
  const bare = (width: number, headerIsGuess: boolean): TableLayout => ({
    ...base,
    width,
    names: undefined,
    isFirstRecordHeader: false,
    headerIsGuess,
    sample: records,
  });
  if (header === false) return bare(first.length, false);
  const aligned = alignHeader(first, rest);
  const wanted = text === 'all' ? [] : text;
  const isWanted = wanted.length > 0 && wanted.every((name) => first.some((cell) => oneLine(cell) === name));
  const found = header === true || isWanted ? YES : findHeader(aligned.names, rest);
  if (found.isHeader) {
    return {
      ...base,
      width: aligned.names.length,
      names: aligned.names,
      isFirstRecordHeader: true,
      headerIsGuess: found.isGuess,
      hasRowNames: aligned.hasRowNames,
      sample: rest,
    };
  }
  // As numpy writes names: in a comment line above the numbers.
  const last = comments[comments.length - 1];
  if (last !== undefined) {
    const names = splitNames(last.replace(/^[#%]+/, ''), delimiter);
    if (names.length === first.length) {
      const isNamed = findHeader(names, records);
      if (isNamed.isHeader) {
        return {
          ...base,
          width: first.length,
          names,
          isFirstRecordHeader: false,
          headerIsGuess: false,
          sample: records,
        };
      }
      // A row of data whose first cell begins with the sign, such as the colour #ff0000.
      if (names.length > 1 && names.some((name) => !isMissing(name) && !Number.isNaN(Number(name))))
        return undefined;
    }
  }
  return bare(first.length, found.isGuess);
}

const YES: HeaderFinding = { isHeader: true, isGuess: false };

function splitNames(line: string, delimiter: string): string[] {
  const trimmed = line.trim();
  if (delimiter !== 'blanks') return trimmed.split(delimiter).map((name) => name.trim());
  return trimmed.split(/[ \t]+/);
}

/** The first lines of a text, without their line ends. */
function firstLines(bytes: Buffer): string[] {
  return bytes.toString('utf8', 0, 1 << 16).split(/\r\n|\n|\r/);
}

/** Lines at the start that begin with # or %, when most of the others do not. */
function leadingComments(lines: readonly string[]): string[] {
  const sign = lines[0]?.[0];
  if (sign !== '#' && sign !== '%') return [];
  const isComment = (line: string) => line.startsWith(sign);
  const end = lines.findIndex((line) => !isComment(line));
  if (end < 0) return [];
  const filled = lines.slice(end).filter((line) => line.trim() !== '');
  if (filled.length === 0 || filled.filter(isComment).length * 2 > filled.length) return [];
  return lines.slice(0, end);
}
