import { isMissing } from '../cell.js';
import { isNumeric } from './header.js';

/** The unit when every cell is a number with the same one: `12 mm`, `5%`, `$3`. */
export function unitOf(items: readonly string[]): string | undefined {
  let unit: string | undefined;
  for (const item of items) {
    if (isMissing(item)) continue;
    const found = splitUnit(item);
    if (found === undefined || (unit !== undefined && found !== unit)) return undefined;
    unit = found;
  }
  return unit;
}

const LONGEST_UNIT = 12;
const CURRENCY = /^\p{Sc}$/u;

function splitUnit(item: string): string | undefined {
  if (item.length > 60) return undefined;
  if (CURRENCY.test(item[0]!)) return isNumeric(item.slice(1)) ? item[0] : undefined;
  let end = item.length;
  while (end > 0 && !isDigit(item.charCodeAt(end - 1))) end--;
  const unit = item.slice(end).trim();
  return unit !== '' && unit.length <= LONGEST_UNIT && isNumeric(item.slice(0, end)) ? unit : undefined;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
