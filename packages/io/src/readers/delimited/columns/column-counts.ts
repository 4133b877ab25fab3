import { isMissing, parseBoolean } from '../cell.js';
import { isInfinity, NUMBER_FORMATS, parseNumber, quickNumber } from '../number-format.js';

/** What the cells of one column look like, counted. */
export interface ColumnCounts {
  /** Cells that hold a value. */
  values: number;
  /** Digits alone, a number in every format. */
  integers: number;
  /** Other cells that are numbers, for each of {@link NUMBER_FORMATS}. */
  readonly formats: number[];
  booleans: number;
  infinities: number;
}

/** Counts before the first cell. */
export function emptyCounts(): ColumnCounts {
  return { values: 0, integers: 0, formats: NUMBER_FORMATS.map(() => 0), booleans: 0, infinities: 0 };
}

// The formats in which a plain number with a point can be one too: the point may separate groups.
const PLAIN_OR_GROUPED = NUMBER_FORMATS.flatMap((format, f) =>
  format.decimal === '.' || format.thousands === '.' ? [f] : [],
);
const ALL = NUMBER_FORMATS.map((_, f) => f);

/** Counts one more cell. */
export function countCell(counts: ColumnCounts, cell: string): void {
  const trimmed = cell.trim();
  if (isMissing(trimmed)) return;
  counts.values++;
  const isPlain = !Number.isNaN(quickNumber(trimmed));
  if (isPlain && !trimmed.includes('.')) counts.integers++;
  else if (!Number.isNaN(parseBoolean(trimmed))) counts.booleans++;
  else if (isInfinity(trimmed)) counts.infinities++;
  else {
    let isInfinite = false;
    for (const f of isPlain ? PLAIN_OR_GROUPED : ALL) {
      const value = parseNumber(trimmed, NUMBER_FORMATS[f]!);
      if (Number.isFinite(value)) counts.formats[f]!++;
      else if (!Number.isNaN(value)) isInfinite = true;
    }
    if (isInfinite) counts.infinities++;
  }
}
