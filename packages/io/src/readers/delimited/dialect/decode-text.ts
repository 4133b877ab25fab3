import { isUtf8 } from 'node:buffer';
import { formatError, unsupportedError } from '../../format-error.js';
import type { Dialect } from '../table.js';

/** Text as UTF-8 bytes, without a byte order mark. */
export interface DecodedText {
  readonly bytes: Buffer;
  readonly encoding: Dialect['encoding'];
}

/**
 * Brings text to UTF-8: UTF-16 by its byte order mark, and what is no UTF-8 as windows-1252, in which spreadsheets of western Europe save.
 *
 * @throws CrossmodalError `unsupported` for UTF-32, `format` for bytes that are no text.
 */
export function decodeText(bytes: Uint8Array, where: string): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const [a, b, c, d] = buffer;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) throw utf32(where);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) throw utf32(where);
  if (a === 0xff && b === 0xfe) return recode(buffer.subarray(2), 'utf-16le', 'UTF-16', where);
  if (a === 0xfe && b === 0xff) return recode(buffer.subarray(2), 'utf-16be', 'UTF-16', where);
  const start = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  const text = buffer.subarray(start);
  if (text.includes(0)) throw noText(where);
  if (isUtf8(text)) return { bytes: text, encoding: 'UTF-8' };
  return recode(text, 'windows-1252', 'windows-1252', where);
}

function recode(bytes: Buffer, label: string, encoding: Dialect['encoding'], where: string): DecodedText {
  // In parts, since a string cannot hold a very large file; an even size keeps the two bytes of a character together.
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += PART) {
    const part = bytes.subarray(start, start + PART);
    const text = Buffer.from(decoder.decode(part, { stream: start + PART < bytes.length }));
    if (text.includes(0)) throw noText(where);
    parts.push(text);
  }
  return { bytes: Buffer.concat(parts), encoding };
}

const PART = 1 << 24;

function noText(where: string) {
  return formatError(where, 'text', 'bytes that are no text, or UTF-16 without a byte order mark');
}

function utf32(where: string) {
  return unsupportedError(where, 'text in UTF-8 or UTF-16', 'UTF-32', 'Save it as UTF-8.');
}
