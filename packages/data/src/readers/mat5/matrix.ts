import type { ArrayValue } from '../../arrays/array-value.js';
import { fromColumnMajor } from '../../arrays/c-order.js';
import { numericArray } from '../../arrays/numeric-array.js';
import { ByteCursor } from '../byte-cursor.js';
import { formatError, unsupportedError } from '../format-error.js';
import { MI, readElement, type Element } from './element.js';
import { denseNumeric, elementNumbers } from './numeric.js';
import { compressedColumnsToRows } from './sparse.js';
import { textLines } from './text.js';

/** Cells inside cells; deeper nesting comes from damaged files only. */
const MAXIMUM_DEPTH = 32;
const CLASS = {
  cell: 1,
  struct: 2,
  object: 3,
  char: 4,
  sparse: 5,
  single: 7,
  functionHandle: 16,
  opaque: 17,
} as const;
const OPAQUE: ReadonlyMap<number, string> = new Map([
  [CLASS.object, 'an object'],
  [CLASS.functionHandle, 'a function handle'],
  [CLASS.opaque, 'an object of a class (such as string or table)'],
]);

/** One variable: its name, empty inside cells and structs, and its value. */
export interface NamedValue {
  readonly name: string;
  readonly value: ArrayValue;
}

/** Decodes the body of a matrix element, recursively for cells and structs. */
export function readMatrix(body: Uint8Array, littleEndian: boolean, where: string, depth = 0): NamedValue {
  if (body.length === 0) return { name: '', value: numericArray([0, 0], new Float64Array(0)) };
  if (depth > MAXIMUM_DEPTH) throw formatError(where, `at most ${MAXIMUM_DEPTH} nested cells`, 'more');
  const cursor = new ByteCursor(body, littleEndian, where);
  const flags = elementNumbers(readElement(cursor, 'array flags'), littleEndian, false, where);
  if (flags.length !== 2) throw formatError(where, 'two words of array flags', `${flags.length}`);
  const kind = flags[0]! & 0xff;
  const complex = (flags[0]! & 0x0800) !== 0;
  // Objects of newer classes have no dimensions; their name follows at once.
  if (kind === CLASS.opaque)
    return { name: readName(cursor), value: { kind: 'opaque', description: OPAQUE.get(kind)! } };
  const shape = readShape(readElement(cursor, 'dimensions'), littleEndian, where);
  const name = readName(cursor);
  const inside = `${where} '${name}'`;
  if (complex) {
    throw unsupportedError(
      inside,
      'real numbers',
      'complex ones',
      'Save the real and imaginary parts as two variables.',
    );
  }
  return { name, value: readBody(cursor, kind, shape, inside, depth) };
}

function readBody(
  cursor: ByteCursor,
  kind: number,
  shape: readonly number[],
  where: string,
  depth: number,
): ArrayValue {
  const { littleEndian } = cursor;
  const count = shape.reduce((product, size) => product * size, 1);
  const description = OPAQUE.get(kind);
  if (description !== undefined) return { kind: 'opaque', description };
  if (kind === CLASS.cell)
    return { kind: 'cell', shape, items: fromColumnMajor(readItems(cursor, count, depth), shape) };
  if (kind === CLASS.struct) return readStruct(cursor, shape, count, depth);
  if (kind === CLASS.char) return textLines(readElement(cursor, 'text'), shape, count, littleEndian, where);
  if (kind === CLASS.sparse) {
    const rowIndices = elementNumbers(readElement(cursor, 'row indices'), littleEndian, false, where);
    const columnOffsets = elementNumbers(readElement(cursor, 'column offsets'), littleEndian, false, where);
    const values = elementNumbers(readElement(cursor, 'sparse values'), littleEndian, false, where);
    return compressedColumnsToRows(shape, rowIndices, columnOffsets, values, where);
  }
  if (kind < 6 || kind > 15) throw formatError(where, 'an array class in 1..17', `${kind}`);
  return denseNumeric(
    readElement(cursor, 'values'),
    shape,
    count,
    littleEndian,
    kind === CLASS.single,
    where,
  );
}

function readItems(cursor: ByteCursor, count: number, depth: number): ArrayValue[] {
  // Every item takes a tag of 8 bytes at least, so a count that lies is found before anything is made.
  if (!(count * 8 <= cursor.remaining))
    throw formatError(cursor.where, `${count} items`, `${cursor.remaining} bytes`);
  const items: ArrayValue[] = [];
  for (let i = 0; i < count; i++) {
    const element = readElement(cursor, 'an item');
    if (element.type !== MI.matrix)
      throw formatError(cursor.where, 'an array as item', `data type ${element.type}`);
    items.push(readMatrix(element.data, cursor.littleEndian, cursor.where, depth + 1).value);
  }
  return items;
}

function readStruct(cursor: ByteCursor, shape: readonly number[], count: number, depth: number): ArrayValue {
  const { littleEndian, where } = cursor;
  const [nameLength = 0] = elementNumbers(
    readElement(cursor, 'field name length'),
    littleEndian,
    false,
    where,
  );
  const namesBytes = readElement(cursor, 'field names').data;
  if (!Number.isInteger(nameLength) || nameLength < 1 || namesBytes.length % nameLength !== 0) {
    throw formatError(where, 'field names of equal length', `${namesBytes.length} bytes of ${nameLength}`);
  }
  const names: string[] = [];
  for (let p = 0; p < namesBytes.length; p += nameLength)
    names.push(cString(namesBytes.subarray(p, p + nameLength)));
  const items = readItems(cursor, count * names.length, depth);
  const fields = new Map<string, readonly ArrayValue[]>();
  names.forEach((name, f) => {
    const values = Array.from(
      { length: count * Math.sign(names.length) },
      (_, i) => items[i * names.length + f]!,
    );
    fields.set(name, fromColumnMajor(values, shape));
  });
  return { kind: 'struct', shape, fields };
}

function readShape(element: Element, littleEndian: boolean, where: string): number[] {
  const shape = Array.from(elementNumbers(element, littleEndian, false, where));
  const valid =
    shape.length >= 2 && shape.length <= 32 && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (!valid) throw formatError(where, '2 to 32 dimensions, none negative', `${shape.length} dimensions`);
  return shape;
}

function readName(cursor: ByteCursor): string {
  return cString(readElement(cursor, 'a name').data);
}

function cString(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
