import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../../../arrays/array-value.js';
import { fromColumnMajor } from '../../../arrays/c-order.js';
import { printable } from '../../../arrays/describe-array.js';
import { LazyMap } from '../../../arrays/lazy-map.js';
import { numericArray } from '../../../arrays/numeric-array.js';
import { ByteCursor } from '../../binary/byte-cursor.js';
import { formatError, unsupportedError } from '../../format-error.js';
import { compressedColumnsToRows } from '../../sparse/compressed-columns.js';
import { MI, readElement } from './element.js';
import { CLASS, readFieldNames, readMatrixHeader, type MatrixHeader } from './header.js';
import { denseNumeric, elementNumbers } from './numeric.js';
import { opaqueValue } from './opaque.js';
import { textLines } from './text.js';

/** Cells inside cells; deeper nesting comes from damaged files only. */
const MAXIMUM_DEPTH = 32;

/** Decodes the body of a matrix element, recursively for cells and structs. */
export function readMatrix(body: Uint8Array, littleEndian: boolean, where: string, depth = 0): ArrayValue {
  if (body.length === 0) return numericArray([0, 0], new Float64Array(0));
  if (depth > MAXIMUM_DEPTH) throw formatError(where, `at most ${MAXIMUM_DEPTH} nested cells`, 'more');
  const cursor = new ByteCursor(body, littleEndian, where);
  const header = readMatrixHeader(cursor);
  const { kind, complex, shape } = header;
  if (complex) {
    throw unsupportedError(
      where,
      'real numbers',
      'complex ones',
      'Save the real and imaginary parts as two variables.',
    );
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const opaque = opaqueValue(kind, cursor);
  if (opaque !== undefined) return opaque;
  if (kind === CLASS.cell) return readCell(cursor, shape, count, depth);
  if (kind === CLASS.struct) return readStruct(cursor, shape, count, depth);
  if (kind === CLASS.char) return textLines(readElement(cursor, 'text'), shape, count, littleEndian, where);
  if (kind === CLASS.sparse) return readSparse(cursor, header);
  if (kind < 6 || kind > 15) throw formatError(where, 'an array class in 1..17', `${kind}`);
  const single = kind === CLASS.single;
  return denseNumeric(readElement(cursor, 'values'), shape, count, littleEndian, single, where);
}

function readSparse(cursor: ByteCursor, { shape, logical }: MatrixHeader): ArrayValue {
  const { littleEndian, where } = cursor;
  const rowIndices = elementNumbers(readElement(cursor, 'row indices'), littleEndian, false, where);
  const columnOffsets = elementNumbers(readElement(cursor, 'column offsets'), littleEndian, false, where);
  const element = readElement(cursor, 'sparse values');
  // MATLAB tags the bytes of sparse logical values as doubles.
  const isBytes = logical && element.data.length < 8 * (columnOffsets.at(-1) ?? 0);
  const values = elementNumbers(
    isBytes ? { ...element, type: MI.uint8 } : element,
    littleEndian,
    false,
    where,
  );
  return compressedColumnsToRows(shape, { rowIndices, columnOffsets, values, logical }, where);
}

function readCell(cursor: ByteCursor, shape: readonly number[], count: number, depth: number): ArrayValue {
  const { littleEndian, where } = cursor;
  const items = itemBodies(cursor, count).map((body) => readItem(body, littleEndian, where, depth + 1));
  return { kind: 'cell', shape, items: fromColumnMajor(items, shape) };
}

/** A struct whose fields are decoded one by one when they are asked for. */
function readStruct(cursor: ByteCursor, shape: readonly number[], count: number, depth: number): ArrayValue {
  const { littleEndian, where } = cursor;
  const names = readFieldNames(cursor);
  const bodies = itemBodies(cursor, count * names.length);
  const makers = names.map((name, f) => {
    const make = (): readonly ArrayValue[] => {
      if (names.indexOf(name) !== names.lastIndexOf(name)) return repeatedField(name, where, count);
      const items: ArrayValue[] = [];
      for (let p = f; p < bodies.length; p += names.length) {
        items.push(readItem(bodies[p]!, littleEndian, where, depth + 1));
      }
      return fromColumnMajor(items, shape);
    };
    return [name, make] as const;
  });
  return { kind: 'struct', shape, fields: new LazyMap(makers) };
}

/** What stands for a field whose name belongs to several: which one is meant cannot be told. */
function repeatedField(name: string, where: string, count: number): readonly ArrayValue[] {
  const error = formatError(where, `one field '${printable(name)}'`, 'several');
  return new Array<ArrayValue>(count).fill({
    kind: 'opaque',
    description: 'several fields of one name',
    error,
  });
}

/** Moves over items without decoding them. */
function itemBodies(cursor: ByteCursor, count: number): Uint8Array[] {
  // Every item takes a tag of 8 bytes at least, so a count that lies is found before anything is made.
  if (!(count * 8 <= cursor.remaining))
    throw formatError(cursor.where, `${count} items`, `${cursor.remaining} bytes`);
  const bodies: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const element = readElement(cursor, 'an item');
    if (element.type !== MI.matrix)
      throw formatError(cursor.where, 'an array as item', `data type ${element.type}`);
    bodies.push(element.data);
  }
  return bodies;
}

/** One item; where it cannot be read, a value that says why, so that its neighbours stay usable. */
function readItem(body: Uint8Array, littleEndian: boolean, where: string, depth: number): ArrayValue {
  try {
    return readMatrix(body, littleEndian, where, depth);
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    return { kind: 'opaque', description: error.received, error };
  }
}
