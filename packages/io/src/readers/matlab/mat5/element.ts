import type { ByteCursor } from '../../binary/byte-cursor.js';
import type { NumberFormat } from '../../binary/decode-numbers.js';
import { formatError } from '../../format-error.js';

/** Data types of elements by name; those of numbers are in {@link NUMBER_FORMATS}. */
export const MI = { uint8: 2, matrix: 14, compressed: 15, utf8: 16, utf16: 17, utf32: 18 } as const;

/** How each numeric data type is stored. */
export const NUMBER_FORMATS: ReadonlyMap<number, NumberFormat> = new Map([
  [1, 'i1'],
  [2, 'u1'],
  [3, 'i2'],
  [4, 'u2'],
  [5, 'i4'],
  [6, 'u4'],
  [7, 'f4'],
  [9, 'f8'],
  [12, 'i8'],
  [13, 'u8'],
]);

/** One tagged element of a .mat file. */
export interface Element {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Moves over one element and its padding; small elements hold their data inside the tag. */
export function readElement(cursor: ByteCursor, what: string): Element {
  const word = cursor.uint32(`the tag of ${what}`);
  const smallLength = word >>> 16;
  if (smallLength !== 0) {
    if (smallLength > 4)
      throw formatError(cursor.where, `at most 4 bytes of ${what} in a small element`, `${smallLength}`);
    const data = cursor.take(4, what).subarray(0, smallLength);
    return { type: word & 0xffff, data };
  }
  const length = cursor.uint32(`the length of ${what}`);
  const data = cursor.take(length, what);
  // Compressed elements follow each other without padding.
  if (word !== MI.compressed) cursor.align(8);
  return { type: word, data };
}
