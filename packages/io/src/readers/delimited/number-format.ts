import type { NumberFormat } from './table.js';

/** Digits with a decimal point, as most programs write them. */
export const PLAIN: NumberFormat = { decimal: '.', thousands: '' };

/** Every way of writing numbers that is understood, the usual ones first. */
export const NUMBER_FORMATS: readonly NumberFormat[] = [
  PLAIN,
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
];

// Blanks that do not break the line among them: no-break, thin, narrow no-break; and the Swiss apostrophes.
const GROUP_SIGNS = { ',': ',', '.': '\\.', "'": "['\u2019]", ' ': '[ \u00a0\u2009\u202f]' };
const PATTERNS = new Map(
  NUMBER_FORMATS.map((format) => {
    const point = format.decimal === '.' ? '\\.' : ',';
    // A group follows one to three digits that do not begin with 0: 0,525 is a decimal comma, never 525.
    const groups =
      format.thousands === '' ? '' : `|[1-9]\\d{0,2}(${GROUP_SIGNS[format.thousands]})\\d{3}(?:\\1\\d{3})*`;
    return [
      format,
      new RegExp(`^[+\\-\u2212]?(?:(?:\\d+${groups})(?:${point}\\d*)?|${point}\\d+)(?:[eEdD][+-]?\\d+)?$`),
    ];
  }),
);

/**
 * A trimmed cell as a number in the given format: with a sign, an exponent (also Fortran's `1.0D+3`), groups where the format has them.
 *
 * @returns NaN when it is none, an infinity when it is beyond doubles
 */
export function parseNumber(cell: string, format: NumberFormat): number {
  if (!PATTERNS.get(format)!.test(cell)) return Number.NaN;
  let text = cell;
  if (format.thousands !== '') text = text.replace(/[^\d.,eEdD+\-\u2212]/g, '');
  if (format.thousands === ',' || format.thousands === '.') text = text.replaceAll(format.thousands, '');
  if (format.decimal === ',') text = text.replace(',', '.');
  return Number(text.replace(/[dD]/, 'e').replace('\u2212', '-'));
}

/**
 * A cell as a number when it is a plain one, without the cost of patterns: what {@link parseNumber} gives for {@link PLAIN}, or NaN where
 * that has to be asked.
 */
export function quickNumber(cell: string): number {
  const value = Number(cell);
  // Blanks count as 0, and 0x1F as 31, for JavaScript alone.
  const first = cell.charCodeAt(0);
  const isPlain = first >= 43 && first <= 57 && !(first === 48 && isPrefix(cell.charCodeAt(1)));
  return isPlain && Number.isFinite(value) ? value : Number.NaN;
}

function isPrefix(code: number): boolean {
  const upper = code & ~32;
  return upper === 88 || upper === 79 || upper === 66;
}

/** Whether a trimmed cell is a number that is not finite: an infinity by name. */
export function isInfinity(cell: string): boolean {
  return cell.length <= 9 && /^[+-]?inf(?:inity)?$/i.test(cell);
}
