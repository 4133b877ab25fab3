import type { NumberFormat } from '../binary/decode-numbers.js';
import { formatError, unsupportedError } from '../format-error.js';

/** How the elements of a `.npy` file are stored. */
export type ElementType =
  | {
      readonly kind: 'number';
      readonly format: NumberFormat;
      readonly size: number;
      readonly littleEndian: boolean;
    }
  | { readonly kind: 'text'; readonly wide: boolean; readonly size: number; readonly littleEndian: boolean };

const NUMBERS: ReadonlyMap<string, NumberFormat> = new Map([
  ['b1', 'u1'],
  ['i1', 'i1'],
  ['u1', 'u1'],
  ['i2', 'i2'],
  ['u2', 'u2'],
  ['i4', 'i4'],
  ['u4', 'u4'],
  ['i8', 'i8'],
  ['u8', 'u8'],
  ['f2', 'f2'],
  ['f4', 'f4'],
  ['f8', 'f8'],
]);

/** Kinds of elements that are not read: what they are, and how to save them. */
const OTHERS: ReadonlyMap<string, readonly [name: string, cure: string]> = new Map([
  ['c', ['complex numbers', 'Save the real and imaginary parts as two arrays.']],
  ['O', ['pickled Python objects', "Convert with .astype('float64'), or of text with .astype('U')."]],
  ['M', ['dates', "Convert with .astype('int64')."]],
  ['m', ['times', "Convert with .astype('int64')."]],
]);

/** Understands a type string such as `'<f4'`, quotes included. */
export function parseElementType(descr: string, where: string): ElementType {
  // Dates and times end in their unit, as in '<M8[D]'.
  const match = /^'([<>|=]?)([a-zA-Z])(\d{0,9})(?:\[[^\]]*\])?'$/.exec(descr);
  if (match === null) throw formatError(where, "an element type such as '<f4'", descr);
  const [, order, letter, digits] = match;
  const littleEndian = order !== '>';
  const format = NUMBERS.get(`${letter}${digits}`);
  if (format !== undefined) return { kind: 'number', format, size: Number(digits), littleEndian };
  if ((letter === 'S' || letter === 'U') && digits !== '') {
    const wide = letter === 'U';
    return { kind: 'text', wide, size: Number(digits) * (wide ? 4 : 1), littleEndian };
  }
  const [name, cure] = OTHERS.get(letter!) ?? ['elements', "Convert with .astype('float64')."];
  throw unsupportedError(where, 'real numbers or text', `${name} of type ${descr}`, cure);
}
