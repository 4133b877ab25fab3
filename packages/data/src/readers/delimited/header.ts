import { isNumber, isText } from './table.js';

/** Whether the first record names the columns: it holds no number, and the second has one where the first has text. */
export function looksLikeHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  if (second === undefined || first.some(isNumber)) return false;
  return first.some((cell, j) => (isText(cell) || cell.trim() === '') && isNumber(second[j] ?? ''));
}
