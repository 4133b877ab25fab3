import { CrossmodalError } from '@crossmodal/core';
import { NPY_MAGIC } from '../readers/numpy/header.js';
import type { WritableArray } from './writable-array.js';

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Writes an array as a NumPy `.npy` file (version 1, C order): float32, float64, int32 or uint8.
 *
 * @throws CrossmodalError `shape` when the number of values is not the product of the shape.
 */
export function writeNpy(array: WritableArray): Uint8Array {
  const shape = 'shape' in array ? array.shape : [array.rows, array.columns];
  const { values } = array;
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'writeNpy',
      expected: `${shape.join(' x ')} = ${count} values`,
      received: `${values.length}`,
    });
  }
  const order = values.BYTES_PER_ELEMENT === 1 ? '|' : LITTLE_ENDIAN ? '<' : '>';
  const descr = `${order}${typeLetter(values)}${values.BYTES_PER_ELEMENT}`;
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // The format wants the values aligned to 64 bytes and the header closed by a newline.
  const header = dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11) + '\n';
  const bytes = new Uint8Array(10 + header.length + values.byteLength);
  bytes.set(Uint8Array.from(NPY_MAGIC, (c) => c.charCodeAt(0)));
  bytes.set([1, 0, header.length & 255, header.length >> 8], 6);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + header.length);
  return bytes;
}

function typeLetter(values: Float32Array | Float64Array | Int32Array | Uint8Array): string {
  if (values instanceof Int32Array) return 'i';
  return values instanceof Uint8Array ? 'u' : 'f';
}
