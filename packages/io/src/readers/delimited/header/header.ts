import { isMissing, parseBoolean } from '../cell.js';
import { NUMBER_FORMATS, parseNumber, quickNumber } from '../number-format.js';
import { nameLikeNumbers } from './name-like-numbers.js';

/** Whether the first line names the columns, and whether that is a guess. */
export interface HeaderFinding {
  readonly isHeader: boolean;
  readonly isGuess: boolean;
}

// What columns of text are usually called, where numbers beside them leave a doubt.
const USUAL =
  /^(?:ids?|names?|index|key|labels?|class|kind|type|target|category|group|species|sample|gene|subject)$/i;
const YES: HeaderFinding = { isHeader: true, isGuess: false };
const NO: HeaderFinding = { isHeader: false, isGuess: false };
const LIKELY: HeaderFinding = { isHeader: true, isGuess: true };
const PERHAPS: HeaderFinding = { isHeader: false, isGuess: true };

/** Whether a cell is a number in some format, true or false. */
export function isNumeric(cell: string): boolean {
  const trimmed = cell.trim();
  if (!Number.isNaN(quickNumber(trimmed)) || !Number.isNaN(parseBoolean(trimmed))) return true;
  // No number has so many characters of groups and signs, and text is often long.
  return trimmed.length < 400 && NUMBER_FORMATS.some((format) => !Number.isNaN(parseNumber(trimmed, format)));
}

/**
 * Whether the first record names the columns of the others: it holds text where they hold numbers, or numbers that look like names.
 * Where nothing tells, it is data, and this is a guess.
 */
export function findHeader(first: readonly string[], body: readonly (readonly string[])[]): HeaderFinding {
  const cells = first.map((cell) => cell.trim());
  const types = cells.map((_, j) => typeOf(body.map((row) => row[j] ?? '')));
  const numbers = cells.flatMap((_, j) => (types[j] === 'number' ? [j] : []));
  const isText = (j: number) => !isMissing(cells[j]!) && !isNumeric(cells[j]!);
  const recurs = cells.some(
    (cell, j) => types[j] === 'text' && cell !== '' && body.some((row) => row[j]?.trim() === cell),
  );
  if (body.length === 0 || numbers.length === 0)
    return recurs || cells.every((_, j) => !isText(j)) ? NO : PERHAPS;
  // As pandas writes its index: no name, and numbers that count from the next line on.
  if (cells[0] === '' && body.length > 1 && countsRows(body)) return YES;
  const numeric = numbers.filter((j) => isNumeric(cells[j]!));
  const named = numbers.filter(isText);
  if (numeric.length > 0) {
    const likeNames = recurs ? 'no' : likeNamesOf(numeric, cells, body);
    const hasNames = cells.some((cell, j) => types[j] === 'text' && (cell === '' || USUAL.test(cell)));
    if (likeNames === 'yes' || (likeNames !== 'no' && hasNames)) return YES;
    if (likeNames === 'likely') return LIKELY;
    return likeNames === 'maybe' || named.length > 0 ? PERHAPS : NO;
  }
  if (named.length > 0) return YES;
  // All numbers are missing from the first line, as above the index of pandas.
  return cells.some((_, j) => isText(j)) && !recurs ? YES : NO;
}

function countsRows(body: readonly (readonly string[])[]): boolean {
  const first = body[0]![0]!.trim();
  return (
    (first === '0' || first === '1') &&
    body.every((row, i) => Number(row[0]!.trim() || Number.NaN) === Number(first) + i)
  );
}

function likeNamesOf(
  columns: readonly number[],
  cells: readonly string[],
  body: readonly (readonly string[])[],
) {
  return nameLikeNumbers(
    columns.map((j) => cells[j]!),
    body.map((row) =>
      columns.map((j) => {
        const cell = row[j]?.trim() ?? '';
        return isMissing(cell) ? undefined : cell;
      }),
    ),
  );
}

function typeOf(cells: readonly string[]): 'number' | 'text' | 'none' {
  const values = cells.filter((cell) => !isMissing(cell.trim()));
  if (values.length === 0) return 'none';
  // A few words among numbers are slips; the name above them is none.
  return values.filter(isNumeric).length * 2 > values.length ? 'number' : 'text';
}
