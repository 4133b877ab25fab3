import { CrossmodalError } from '@crossmodal/core';
import { isMissing, parseBoolean, showCell } from '../cell.js';
import { parseNumber, quickNumber } from '../number-format.js';
import type { TextRecord } from '../records.js';
import type { ColumnPlan } from './plan-columns.js';

/** A cell and where it stands. */
export interface FoundCell {
  readonly line: number;
  readonly cell: string;
}

/** The cells of one column, read as planned. */
export interface FilledColumn {
  /** Place among the number columns, or -1. */
  readonly slot: number;
  readonly items: string[];
  /** Cells that are numbers, true or false. */
  numeric: number;
  missing: number;
  /** Whether a missing cell is marked, by NA for example. */
  isMarked: boolean;
  /** The first missing cell. */
  firstMissing: FoundCell | undefined;
  /** The first cell that is neither missing nor what was planned, and the count of such cells. */
  firstOther: FoundCell | undefined;
  others: number;
  /** Whether a whole number has more digits than a double holds. */
  isRounded: boolean;
}

/** All cells of a table, read as planned. */
export interface FilledTable {
  readonly rows: number;
  readonly slots: number;
  /** `[rows, slots]`, NaN where a cell is missing or no number. */
  readonly numbers: Float64Array;
  readonly columns: readonly FilledColumn[];
  /** Lines left out as comments. */
  readonly comments: number;
}

/** What {@link fillColumns} needs to know. */
export interface FillOptions {
  readonly plans: readonly ColumnPlan[];
  /** Sign that begins comment lines. */
  readonly comment: string | undefined;
  /** Rows that there probably are. */
  readonly expectedRows: number;
  readonly where: string;
}

/**
 * Reads records into numbers side by side and columns of text.
 *
 * @throws CrossmodalError `format` naming the line that has another number of cells.
 */
export function fillColumns(source: Iterable<TextRecord>, options: FillOptions): FilledTable {
  const { plans, comment, where } = options;
  let slots = 0;
  const columns = plans.map(({ kind }) =>
    emptyColumn(kind === 'number' || kind === 'boolean' ? slots++ : -1),
  );
  let numbers = new Float64Array(Math.ceil(options.expectedRows) * slots);
  let [rows, comments] = [0, 0];
  const texts = new TextPool();
  for (const { cells, line } of source) {
    const isEven = cells.length === plans.length;
    // Below comments at the start, text may begin with their sign, a number may not.
    if (comment !== undefined && cells[0]!.startsWith(comment) && !(isEven && plans[0]!.kind === 'text')) {
      comments++;
      continue;
    }
    if (!isEven) throw unevenLine(plans.length, cells, line, where);
    const target = rows * slots;
    if (target + slots > numbers.length) numbers = enlarge(numbers, target + slots);
    for (let j = 0; j < cells.length; j++) {
      const { kind, format } = plans[j]!;
      const column = columns[j]!;
      const cell = cells[j]!;
      if (kind === 'number') {
        const quick = quickNumber(cell);
        // What nearly every cell is; a point may also separate groups.
        if (!Number.isNaN(quick) && (format.decimal === '.' || !cell.includes('.'))) {
          numbers[target + column.slot] = quick;
          column.numeric++;
          if (quick > MAX_SAFE || quick < -MAX_SAFE) column.isRounded ||= isRounded(cell, quick);
          continue;
        }
      }
      const trimmed = cell.trim();
      if (kind === 'text') {
        column.items.push(texts.keep(trimmed));
        if (isMissing(trimmed)) column.missing++;
        else if (!Number.isNaN(quickNumber(trimmed))) column.numeric++;
        continue;
      }
      const value =
        kind === 'number'
          ? parseNumber(trimmed, format)
          : kind === 'boolean'
            ? parseBoolean(trimmed)
            : Number.NaN;
      if (column.slot >= 0) numbers[target + column.slot] = Number.isFinite(value) ? value : Number.NaN;
      if (Number.isFinite(value)) column.numeric++;
      else if (isMissing(trimmed)) {
        column.missing++;
        if (trimmed !== '') column.isMarked = true;
        column.firstMissing ??= { line, cell: texts.keep(trimmed) };
      } else {
        column.others++;
        column.firstOther ??= { line, cell: texts.keep(trimmed) };
      }
    }
    rows++;
  }
  const size = rows * slots;
  // Nearly full: seen in place. Far larger than needed: copied, so that the rest is freed.
  const exact = numbers.length <= size * 1.2 ? numbers.subarray(0, size) : numbers.slice(0, size);
  return { rows, slots, numbers: exact, columns, comments };
}

const MAX_SAFE = Number.MAX_SAFE_INTEGER;

function emptyColumn(slot: number): FilledColumn {
  return {
    slot,
    items: [],
    numeric: 0,
    missing: 0,
    isMarked: false,
    firstMissing: undefined,
    firstOther: undefined,
    others: 0,
    isRounded: false,
  };
}

function enlarge(numbers: Float64Array<ArrayBuffer>, needed: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(needed, Math.ceil(numbers.length * 1.5), 1024));
  larger.set(numbers);
  return larger;
}

function isRounded(cell: string, value: number): boolean {
  const digits = cell.trim();
  return digits.length < 400 && /^[+-]?\d+$/.test(digits) && BigInt(digits) !== BigInt(value);
}

function unevenLine(width: number, cells: readonly string[], line: number, where: string): CrossmodalError {
  const start = cells.length === 1 ? `, ${showCell(cells[0]!.trim())}` : '';
  return new CrossmodalError({
    code: 'format',
    where,
    expected: `${width} ${width === 1 ? 'cell' : 'cells'} on line ${line}`,
    received: `${cells.length}${start}`,
    advice: 'Check its delimiters and quotes.',
  });
}

/** Keeps text apart from the long line it was cut from, and equal text once. */
class TextPool {
  readonly #known = new Map<string, string>();

  keep(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    // A part of a string keeps the whole string alive.
    const own = Buffer.from(text).toString();
    if (this.#known.size < 10_000) this.#known.set(own, own);
    return own;
  }
}
