import type { TextArray } from '../../../arrays/array-value.js';
import { formatError } from '../../format-error.js';
import { linesOf } from '../lines-of.js';
import { MI, NUMBER_FORMATS, type Element } from './element.js';
import { elementNumbers } from './numeric.js';

/** Decodes a char array into one line a row; lines of a multi-row array keep their trailing blanks. */
export function textLines(
  element: Element,
  shape: readonly number[],
  count: number,
  littleEndian: boolean,
  where: string,
): TextArray {
  const text = decodeText(element, littleEndian, where);
  const [rows = 0] = shape;
  if (rows === 1 && count > 0) return { kind: 'text', shape: [1], items: [text] };
  if (count > 0 && text.length !== count)
    throw formatError(where, `${shape.join(' x ')} characters`, `${text.length}`);
  return linesOf(count === 0 ? '' : text, shape);
}

function decodeText(element: Element, littleEndian: boolean, where: string): string {
  const { type, data } = element;
  if (type === MI.utf8) return new TextDecoder('utf-8').decode(data);
  if (type === MI.utf16) return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(data);
  const numeric = type === MI.utf32 ? { type: 6, data } : element;
  if (!NUMBER_FORMATS.has(numeric.type)) throw formatError(where, 'characters', `data type ${type}`);
  const codes = elementNumbers(numeric, littleEndian, false, where);
  const parts: string[] = [];
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code > 0x10ffff)
      throw formatError(where, 'character codes', `${code}`);
    parts.push(String.fromCodePoint(code));
  }
  return parts.join('');
}
