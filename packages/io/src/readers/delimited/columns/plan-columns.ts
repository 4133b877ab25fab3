import { NUMBER_FORMATS, PLAIN } from '../number-format.js';
import type { NumberFormat } from '../table.js';
import type { ColumnCounts } from './column-counts.js';

/** How the cells of a column are to be read. */
export interface ColumnPlan {
  readonly kind: 'number' | 'boolean' | 'text' | 'empty';
  readonly format: NumberFormat;
  /** Whether some cell has a decimal or group sign, so that the format is more than a default. */
  readonly hasSigns: boolean;
  /** Whether 1,234 in this column could be read as another number too. */
  readonly isAmbiguous: boolean;
}

/** What decides where a column alone does not. */
export interface PlanContext {
  readonly delimiter: string;
  /** The decimal sign, when it is given. */
  readonly decimal: '.' | ',' | undefined;
}

/**
 * Decides each column by all its cells: the kind that most of them have, and the number format that fits most of them.
 *
 * Where 1,234 may be 1.234 or 1234, the file decides: it has one decimal sign, which columns with an unambiguous one show.
 */
export function planColumns(counts: readonly ColumnCounts[], context: PlanContext): ColumnPlan[] {
  const decimal = context.decimal ?? decimalOfFile(counts);
  return counts.map((column) => planColumn(column, decimal, context));
}

const DEFAULTS = { format: PLAIN, hasSigns: false, isAmbiguous: false } as const;
// Shared by all such columns, of which a table may have a million.
const EMPTY: ColumnPlan = { kind: 'empty', ...DEFAULTS };
const BOOLEAN: ColumnPlan = { kind: 'boolean', ...DEFAULTS };
const TEXT: ColumnPlan = { kind: 'text', ...DEFAULTS };
const NUMBERS = new Map(NUMBER_FORMATS.map((format): [NumberFormat, ColumnPlan] => [format, signed(format)]));

function signed(format: NumberFormat): ColumnPlan {
  return { kind: 'number', format, hasSigns: true, isAmbiguous: false };
}

function planColumn(counts: ColumnCounts, decimal: '.' | ',' | undefined, context: PlanContext): ColumnPlan {
  const { values, integers, booleans, infinities, formats } = counts;
  if (values === 0) return EMPTY;
  if (booleans * 2 >= values) return BOOLEAN;
  const allowed = (f: number) =>
    context.decimal === undefined || NUMBER_FORMATS[f]!.decimal === context.decimal;
  let most = 0;
  formats.forEach((count, f) => {
    if (allowed(f)) most = Math.max(most, count);
  });
  const numeric = integers + infinities + most;
  // A column of numbers with some words must not vanish as text: it is refused where it is used.
  if (numeric * 2 < values || numeric === 0) return TEXT;
  const best = NUMBER_FORMATS.filter((_, f) => allowed(f) && formats[f] === most);
  if (most === 0) return { kind: 'number', ...DEFAULTS, format: best[0]! };
  if (best.every((format) => format.decimal === best[0]!.decimal)) return NUMBERS.get(best[0]!)!;
  const agreed = best.find((format) => format.decimal === decimal);
  return agreed === undefined ? likelier(best, counts, context) : NUMBERS.get(agreed)!;
}

/** The decimal sign of those columns which can be read with one alone, when they agree. */
function decimalOfFile(counts: readonly ColumnCounts[]): '.' | ',' | undefined {
  const found = new Set<'.' | ','>();
  for (const { formats } of counts) {
    const most = { '.': 0, ',': 0 };
    NUMBER_FORMATS.forEach(({ decimal }, f) => {
      most[decimal] = Math.max(most[decimal], formats[f]!);
    });
    if (most['.'] !== most[',']) found.add(most['.'] > most[','] ? '.' : ',');
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function likelier(
  best: readonly NumberFormat[],
  counts: ColumnCounts,
  { delimiter }: PlanContext,
): ColumnPlan {
  // A point is a decimal point unless the file shows otherwise.
  if (best.includes(PLAIN)) return signed(PLAIN);
  const grouped = best.find((format) => format.decimal === '.' && format.thousands === ',');
  const comma = best.find((format) => format.decimal === ',' && format.thousands === '');
  if (grouped === undefined || comma === undefined) return signed(best[0]!);
  // Between commas a number with a comma had to be quoted: nobody does that to a decimal sign. Elsewhere groups show by smaller numbers
  // without one, while decimals that happen to be three in every single cell come from a program that writes three everywhere.
  const isGrouped = delimiter === ',' || (delimiter !== ';' && counts.integers > 0);
  return { ...signed(isGrouped ? grouped : comma), isAmbiguous: true };
}
