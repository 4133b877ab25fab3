import type { ColumnCounts } from './column-counts.js';
import { NUMBER_FORMATS, PLAIN } from './number-format.js';
import type { NumberFormat } from './table.js';

/** How the cells of a column are to be read. */
export interface ColumnPlan {
  readonly kind: 'number' | 'boolean' | 'text' | 'empty';
  readonly format: NumberFormat;
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

function planColumn(counts: ColumnCounts, decimal: '.' | ',' | undefined, context: PlanContext): ColumnPlan {
  const { values, integers, booleans, infinities } = counts;
  const plain = { format: PLAIN, isAmbiguous: false };
  if (values === 0) return { kind: 'empty', ...plain };
  if (booleans * 2 >= values) return { kind: 'boolean', ...plain };
  const allowed = NUMBER_FORMATS.map(
    (format) => context.decimal === undefined || format.decimal === context.decimal,
  );
  const most = Math.max(...counts.formats.filter((_, f) => allowed[f]));
  // A column of numbers with some words must not vanish as text: it is refused where it is used.
  if ((integers + infinities + most) * 2 < values || integers + infinities + most === 0)
    return { kind: 'text', ...plain };
  const best = NUMBER_FORMATS.filter((_, f) => allowed[f] && counts.formats[f] === most);
  if (most === 0) return { kind: 'number', format: best[0]!, isAmbiguous: false };
  const decimals = new Set(best.map((format) => format.decimal));
  if (decimals.size === 1) return { kind: 'number', format: best[0]!, isAmbiguous: false };
  if (decimal !== undefined)
    return { kind: 'number', format: best.find((format) => format.decimal === decimal)!, isAmbiguous: false };
  return { kind: 'number', ...likelier(best, counts, context) };
}

/** The decimal sign of those columns which can be read with one alone, when they agree. */
function decimalOfFile(counts: readonly ColumnCounts[]): '.' | ',' | undefined {
  const found = new Set<'.' | ','>();
  for (const { formats } of counts) {
    const most = Math.max(...formats);
    if (most === 0) continue;
    const signs = new Set(
      NUMBER_FORMATS.filter((_, f) => formats[f] === most).map((format) => format.decimal),
    );
    if (signs.size === 1) for (const sign of signs) found.add(sign);
  }
  return found.size === 1 ? [...found][0] : undefined;
}

function likelier(
  best: readonly NumberFormat[],
  counts: ColumnCounts,
  { delimiter }: PlanContext,
): Pick<ColumnPlan, 'format' | 'isAmbiguous'> {
  // A point is a decimal point unless the file shows otherwise.
  if (best.includes(PLAIN)) return { format: PLAIN, isAmbiguous: false };
  const grouped = best.find((format) => format.decimal === '.' && format.thousands === ',');
  const comma = best.find((format) => format.decimal === ',' && format.thousands === '');
  if (grouped === undefined || comma === undefined) return { format: best[0]!, isAmbiguous: false };
  // Between commas a number with a comma had to be quoted: nobody does that to a decimal sign. Elsewhere groups show by smaller numbers
  // without one, while decimals that happen to be three in every single cell come from a program that writes three everywhere.
  const isGrouped = delimiter === ',' || (delimiter !== ';' && counts.integers > 0);
  return { format: isGrouped ? grouped : comma, isAmbiguous: true };
}
