import { isCrossmodalError, type CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../../../arrays/array-value.js';
import { printable } from '../../../arrays/describe-array.js';
import type { StoredVariable } from '../../../arrays/lazy-variables.js';
import { ByteCursor } from '../../binary/byte-cursor.js';
import type { Budget } from '../../compression/budget.js';
import { inflateStart, inflateZlib } from '../../compression/inflate.js';
import { formatError } from '../../format-error.js';
import { MI, readElement, type Element } from './element.js';
import { readMatrixHeader } from './header.js';
import { readMatrix } from './matrix.js';
import { summariseMatrix } from './summarise.js';

/** Decompressed bytes in which the header of a variable must lie: it has 32 dimensions at the most, and a name. */
const HEADER_BYTES = 1 << 16;
/** Decompressed bytes in which nearly every header lies. */
const SHORT_HEADER_BYTES = 1 << 9;
/** Bytes of a tag: the type and the length of what follows. */
const TAG_BYTES = 8;

/** What all variables of a file share. */
interface Source {
  readonly littleEndian: boolean;
  readonly budget: Budget;
  readonly where: string;
}

/**
 * Lists the variables of a MATLAB 5 file behind its header of 128 bytes; each keeps its bytes and is decoded later. What is damaged
 * throws when it is read; where its name is lost, it is called by its place.
 */
export function storedVariables(bytes: Uint8Array, source: Source): ReadonlyMap<string, StoredVariable> {
  const { littleEndian, where } = source;
  const cursor = new ByteCursor(bytes, littleEndian, where);
  cursor.position = 128;
  const variables = new Map<string, StoredVariable>();
  for (let place = 1; cursor.remaining > 0; place++) {
    const element = nextElement(cursor);
    if (element === undefined) {
      // Lengths cannot be trusted from here on, so the rest is one part.
      variables.set(`#${place}`, damaged(formatError(where, 'an array', 'other bytes')));
      break;
    }
    const name = nameOf(element, source);
    // Arrays without a name hold private data of classes.
    if (name === '') continue;
    if (typeof name !== 'string') variables.set(`#${place}`, damaged(name));
    else if (!variables.has(name)) variables.set(name, stored(element, name, source));
    else variables.set(name, damaged(formatError(where, `one variable '${printable(name)}'`, 'several')));
  }
  return variables;
}

/** Moves over one element, or what is left of it where the file is cut short; undefined when it is none of an array. */
function nextElement(cursor: ByteCursor): Element | undefined {
  if (cursor.remaining < TAG_BYTES) return undefined;
  const type = cursor.uint32('a tag');
  const length = cursor.uint32('a length');
  if (type !== MI.matrix && type !== MI.compressed) return undefined;
  const data = cursor.take(Math.min(length, cursor.remaining), 'a variable');
  // Compressed elements follow each other without padding.
  if (type === MI.matrix) cursor.align(8);
  return { type, data };
}

/** Name of a variable, or why it cannot be told. */
function nameOf(element: Element, { littleEndian, where }: Source): string | CrossmodalError {
  const read = (wanted: number): string | CrossmodalError => {
    const body = startOfBody(element, wanted);
    if (body === undefined) return formatError(where, 'compressed data', 'a broken stream');
    if (body.length === 0) return '';
    try {
      return readMatrixHeader(new ByteCursor(body, littleEndian, where)).name;
    } catch (error) {
      if (isCrossmodalError(error)) return error;
      throw error;
    }
  };
  const name = read(SHORT_HEADER_BYTES);
  return typeof name === 'string' ? name : read(HEADER_BYTES);
}

/** The first bytes behind the tag of an array, decompressed; undefined when not even the tag can be. */
function startOfBody({ type, data }: Element, wanted: number): Uint8Array | undefined {
  if (type === MI.matrix) return data.subarray(0, wanted);
  // Two bytes of zlib stand before the stream.
  const start = inflateStart(data.subarray(2), TAG_BYTES + wanted);
  return start.length < TAG_BYTES ? undefined : start.subarray(TAG_BYTES);
}

function stored(element: Element, name: string, { littleEndian, budget, where }: Source): StoredVariable {
  const inside = `${where} '${printable(name)}'`;
  return {
    summarise: () => summariseMatrix(startOfBody(element, HEADER_BYTES)!, littleEndian, inside),
    read(): ArrayValue {
      if (element.type === MI.matrix) return readMatrix(element.data, littleEndian, inside);
      const inflated = inflateZlib(element.data, budget.left, inside);
      budget.spend(inflated.length, inside);
      const inner = readElement(new ByteCursor(inflated, littleEndian, inside), 'a compressed variable');
      if (inner.type !== MI.matrix)
        throw formatError(inside, 'an array', `an element of data type ${inner.type}`);
      return readMatrix(inner.data, littleEndian, inside);
    },
  };
}

function damaged(error: CrossmodalError): StoredVariable {
  return {
    summarise: () => ({ kind: 'unreadable', description: `damaged: ${error.received}` }),
    read() {
      throw error;
    },
  };
}
