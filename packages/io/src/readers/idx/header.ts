import { ByteCursor } from '../binary/byte-cursor.js';
import type { NumberFormat } from '../binary/decode-numbers.js';
import { formatError } from '../format-error.js';

/** What the header of an IDX file states, and the bytes after it. */
export interface IdxHeader {
  readonly shape: readonly number[];
  readonly numbers: NumberFormat;
  readonly data: Uint8Array;
}

const FORMATS: ReadonlyMap<number, NumberFormat> = new Map([
  [0x08, 'u1'],
  [0x09, 'i1'],
  [0x0b, 'i2'],
  [0x0c, 'i4'],
  [0x0d, 'f4'],
  [0x0e, 'f8'],
]);

/** Reads the magic and the sizes of an IDX file. */
export function parseIdxHeader(bytes: Uint8Array, where: string): IdxHeader {
  const cursor = new ByteCursor(bytes, false, where);
  const zeros = cursor.uint16('the magic');
  const [code = 0, rank = 0] = cursor.take(2, 'the magic');
  const numbers = FORMATS.get(code);
  if (zeros !== 0 || numbers === undefined) throw formatError(where, 'an IDX file', 'other bytes');
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) shape.push(cursor.uint32('the sizes'));
  return { shape, numbers, data: cursor.take(cursor.remaining, 'the values') };
}
