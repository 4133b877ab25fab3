import type { ByteCursor } from '../../binary/byte-cursor.js';
import { formatError } from '../../format-error.js';
import { readElement, type Element } from './element.js';
import { elementNumbers } from './numeric.js';

/** Numbers of the array classes; those from 6 to 15 are numeric, of which only `single` is told apart. */
export const CLASS = {
  cell: 1,
  struct: 2,
  object: 3,
  char: 4,
  sparse: 5,
  single: 7,
  functionHandle: 16,
  opaque: 17,
} as const;

/** What stands before the data of an array. */
export interface MatrixHeader {
  /** Array class, one of {@link CLASS} or a number of 6 to 15. */
  readonly kind: number;
  readonly complex: boolean;
  readonly logical: boolean;
  /** Size along each axis; `[]` for objects of newer classes, which have no dimensions. */
  readonly shape: readonly number[];
  /** Name of the variable; empty inside cells and structs. */
  readonly name: string;
}

/** Moves over the header of an array. */
export function readMatrixHeader(cursor: ByteCursor): MatrixHeader {
  const { littleEndian, where } = cursor;
  const flags = elementNumbers(readElement(cursor, 'array flags'), littleEndian, false, where);
  if (flags.length !== 2) throw formatError(where, 'two words of array flags', `${flags.length}`);
  const kind = flags[0]! & 0xff;
  const complex = (flags[0]! & 0x0800) !== 0;
  const logical = (flags[0]! & 0x0200) !== 0;
  if (kind === CLASS.opaque) return { kind, complex: false, logical, shape: [], name: readName(cursor) };
  const shape = readShape(readElement(cursor, 'dimensions'), littleEndian, where);
  return { kind, complex, logical, shape, name: readName(cursor) };
}

/** Moves over the names of the fields of a struct. */
export function readFieldNames(cursor: ByteCursor): string[] {
  const { littleEndian, where } = cursor;
  const [length = 0] = elementNumbers(readElement(cursor, 'field name length'), littleEndian, false, where);
  const bytes = readElement(cursor, 'field names').data;
  if (!Number.isInteger(length) || length < 1 || bytes.length % length !== 0) {
    throw formatError(where, 'field names of equal length', `${bytes.length} bytes of ${length}`);
  }
  const names: string[] = [];
  for (let p = 0; p < bytes.length; p += length) names.push(cString(bytes.subarray(p, p + length)));
  return names;
}

/** Moves over a name; a zero byte closes it. */
export function readName(cursor: ByteCursor): string {
  return cString(readElement(cursor, 'a name').data);
}

function readShape(element: Element, littleEndian: boolean, where: string): number[] {
  const shape = Array.from(elementNumbers(element, littleEndian, false, where));
  const valid =
    shape.length >= 2 && shape.length <= 32 && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!valid) throw formatError(where, '2 to 32 dimensions, none negative', `${shape.length} dimensions`);
  return shape;
}

function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
