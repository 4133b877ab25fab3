import { isCrossmodalError } from '@crossmodal/core';
import { describeNumbers, describeStruct, describeText } from '../../../arrays/describe-array.js';
import type { VariableSummary } from '../../../arrays/variable-summary.js';
import { ByteCursor } from '../../binary/byte-cursor.js';
import { CLASS, readFieldNames, readMatrixHeader } from './header.js';
import { opaqueValue } from './opaque.js';

/**
 * Tells kind and shape of an array from the start of its body, decoding no values.
 *
 * @param start - the body, or so much of it that the header is in it
 */
export function summariseMatrix(start: Uint8Array, littleEndian: boolean, where: string): VariableSummary {
  if (start.length === 0) return { kind: 'array', shape: [0, 0], description: describeNumbers([0, 0]) };
  const cursor = new ByteCursor(start, littleEndian, where);
  const { kind, complex, shape } = readMatrixHeader(cursor);
  const sizes = shape.join(' x ');
  if (complex) return { kind: 'unreadable', shape, description: `complex numbers of ${sizes}` };
  const opaque = opaqueValue(kind, cursor);
  if (opaque !== undefined) return { kind: 'opaque', description: opaque.description };
  switch (kind) {
    case CLASS.cell: {
      const items = firstItem(cursor, littleEndian, where);
      return { kind: 'cell', shape, ...(items ? { items } : {}), description: `a cell array of ${sizes}` };
    }
    case CLASS.struct:
      return { kind: 'struct', shape, description: describeStruct(readFieldNames(cursor), shape) };
    case CLASS.char: {
      const lines = shape.includes(0) ? 0 : shape[0]!;
      return { kind: 'text', shape: [lines], description: describeText(lines) };
    }
    case CLASS.sparse:
      return { kind: 'csr', shape, description: `a sparse matrix of ${sizes}` };
    default:
      return { kind: 'array', shape, description: describeNumbers(shape) };
  }
}

/** Kind of the first item of a cell array, where its header lies within the bytes that there are. */
function firstItem(
  cursor: ByteCursor,
  littleEndian: boolean,
  where: string,
): VariableSummary['kind'] | undefined {
  if (cursor.remaining < 8) return undefined;
  cursor.take(8, 'the tag of an item');
  try {
    return summariseMatrix(cursor.take(cursor.remaining, 'an item'), littleEndian, where).kind;
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    return undefined;
  }
}
