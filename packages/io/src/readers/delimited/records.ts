import { CrossmodalError } from '@crossmodal/core';
import { CsvError, parse } from 'csv-parse/sync';
import { formatError } from '../format-error.js';

/** How text is cut into cells. */
export interface Layout {
  /** Character between cells, or `blanks`. */
  readonly delimiter: string;
  /** Lines at the start that are no records. */
  readonly skip?: number;
  /** Whether the text ends in the middle of a record, which is given as far as it goes. */
  readonly isCut?: boolean;
}

/** The cells of one line, as they stand. */
export interface TextRecord {
  readonly cells: readonly string[];
  /** The line on which it ends, from 1. */
  readonly line: number;
}

/** Columns that a table may have: 850,000 methylation sites fit. */
export const MAXIMUM_COLUMNS = 2 ** 20;

// Large enough that setting up csv-parse costs little, small enough that records of a block take little memory.
const BLOCK = 1 << 18;
// A quoted cell that is longer was never meant to be one: its closing quote is missing.
const LONGEST_QUOTED = 1 << 24;
// A little less than the longest string.
const LONGEST_LINE = 2 ** 29 - 2 ** 10;

/**
 * The records of a text, one after the other. Lines without a quote are split where the delimiter stands; what has quotes goes through
 * csv-parse, which knows their rules, in blocks of whole records. Empty lines are left out.
 *
 * @param bytes - UTF-8
 * @throws CrossmodalError `format` naming the line where quotes break the rules.
 */
export function* records(bytes: Buffer, layout: Layout, where: string): Generator<TextRecord> {
  const { delimiter, skip = 0, isCut = false } = layout;
  const lines = new Lines(bytes, skip, where);
  while (lines.next()) {
    // Between tabs nothing is a row of empty cells; a line of spaces is no row in any dialect.
    if (delimiter === '\t' ? lines.text === '' : lines.text.trim() === '') continue;
    if (lines.quotes === 0) {
      yield { cells: splitLine(lines.text, delimiter), line: lines.number };
      continue;
    }
    const { start } = lines;
    const before = lines.number - 1;
    let isOpen = lines.quotes % 2 === 1;
    let opened = lines.number;
    // A quote inside of a quoted cell is written twice, so that cells with line breaks end where the count is even.
    while (isOpen || (lines.end - start < BLOCK && lines.nextHasQuote())) {
      if (!lines.next()) break;
      if (lines.quotes % 2 === 1) {
        isOpen = !isOpen;
        opened = lines.number;
      }
      if (lines.end - start > LONGEST_QUOTED) throw quoteError(where, 'CSV_QUOTE_NOT_CLOSED', opened);
    }
    const block = bytes.subarray(start, lines.end);
    yield* quotedRecords(block, { delimiter, linesBefore: before, opened, isCut }, where);
  }
}

function splitLine(line: string, delimiter: string): string[] {
  const text = delimiter === 'blanks' ? line.trim() : line;
  // One more shows that there are too many.
  return text.split(delimiter === 'blanks' ? /[ \t]+/ : delimiter, MAXIMUM_COLUMNS + 1);
}

/** Records of lines that all have a quote or belong to a quoted cell, so that no empty line stands between them. */
function* quotedRecords(
  block: Buffer,
  place: {
    readonly delimiter: string;
    readonly linesBefore: number;
    /** The line of the last quote that may never be closed. */
    readonly opened: number;
    readonly isCut: boolean;
  },
  where: string,
): Generator<TextRecord> {
  const { delimiter, linesBefore, opened, isCut } = place;
  const isBlanks = delimiter === 'blanks';
  let found: string[][] = [];
  // Records before a cut are wanted although the last one is never closed; taking them one by one costs time.
  const keep = (cells: string[]): null => {
    found.push(cells);
    return null;
  };
  try {
    const options = {
      delimiter: isBlanks ? ' ' : delimiter,
      // Every further one costs time at each character.
      record_delimiter: block.includes(13) ? ['\r\n', '\n', '\r'] : '\n',
      skip_empty_lines: true,
      // Lengths are checked by the table, which names the line.
      relax_column_count: true,
    };
    const text = isBlanks ? singleBlanks(block) : block;
    if (isCut) parse(text, { ...options, on_record: keep });
    else found = parse(text, options);
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const isUnclosed = cause.code === 'CSV_QUOTE_NOT_CLOSED';
    if (!isCut || !isUnclosed) {
      const line = isUnclosed
        ? opened
        : linesBefore + (typeof cause['lines'] === 'number' ? cause['lines'] : 1);
      throw quoteError(where, cause.code, line, cause);
    }
  }
  let line = linesBefore;
  for (const cells of found) {
    line++;
    for (const cell of cells) if (/[\r\n]/.test(cell)) line += cell.split(/\r\n|[\r\n]/).length - 1;
    yield { cells, line };
  }
}

function quoteError(where: string, code: string, line: number, cause?: unknown): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where,
    expected: 'quotes around whole cells, and quotes inside of them doubled',
    received: `${PROBLEMS[code] ?? 'other text'} on line ${line}`,
    advice: 'Correct the quotes there, or remove them.',
    cause,
  });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote in the middle of a cell',
};

/** Runs of spaces and tabs outside of quotes as one space, none at the ends of a line. */
function singleBlanks(block: Buffer): Buffer {
  const out = Buffer.alloc(block.length);
  let [size, isQuoted, isBlank] = [0, false, true];
  for (const byte of block) {
    if (!isQuoted && (byte === 32 || byte === 9)) {
      if (!isBlank) out[size++] = 32;
      isBlank = true;
      continue;
    }
    const isEnd = !isQuoted && (byte === 10 || byte === 13);
    if (isEnd && isBlank && size > 0 && out[size - 1] === 32) size--;
    out[size++] = byte;
    isBlank = isEnd;
    if (byte === 34) isQuoted = !isQuoted;
  }
  if (isBlank && size > 0 && out[size - 1] === 32) size--;
  return out.subarray(0, size);
}

/** Walks over the lines of a text. */
class Lines {
  number = 0;
  start = 0;
  end = 0;
  quotes = 0;
  text = '';
  readonly #bytes: Buffer;
  readonly #newline: number;
  readonly #where: string;
  #following = 0;

  constructor(bytes: Buffer, skip: number, where: string) {
    this.#bytes = bytes;
    this.#where = where;
    this.#newline = bytes.includes(10) ? 10 : 13;
    for (let i = 0; i < skip; i++) this.next();
  }

  /** Goes to the next line, when there is one. */
  next(): boolean {
    if (this.#following >= this.#bytes.length) return false;
    this.start = this.#following;
    this.end = this.#endFrom(this.start);
    this.#following = this.end + 1;
    this.text = this.#read(this.start, this.end);
    this.quotes = countQuotes(this.text);
    this.number++;
    return true;
  }

  /** Whether the next line has a quote. */
  nextHasQuote(): boolean {
    if (this.#following >= this.#bytes.length) return false;
    return this.#read(this.#following, this.#endFrom(this.#following)).includes('"');
  }

  #endFrom(start: number): number {
    const end = this.#bytes.indexOf(this.#newline, start);
    return end < 0 ? this.#bytes.length : end;
  }

  #read(start: number, end: number): string {
    if (end - start > LONGEST_LINE) throw formatError(this.#where, 'lines below 512 MB', 'a longer one');
    const isWindows = this.#newline === 10 && end > start && this.#bytes[end - 1] === 13;
    return this.#bytes.toString('utf8', start, isWindows ? end - 1 : end);
  }
}

function countQuotes(line: string): number {
  let count = 0;
  for (let p = line.indexOf('"'); p >= 0; p = line.indexOf('"', p + 1)) count++;
  return count;
}
