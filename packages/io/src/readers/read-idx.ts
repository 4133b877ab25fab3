import type { NumericArray } from '../arrays/array-value.js';
import { numericArray } from '../arrays/numeric-array.js';
import { ByteCursor } from './binary/byte-cursor.js';
import { bytesPerNumber, decodeNumbers, fitsSingle, type NumberFormat } from './binary/decode-numbers.js';
import { inflateGzip } from './compression/inflate.js';
import { formatError } from './format-error.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';

const FORMATS: ReadonlyMap<number, NumberFormat> = new Map([
  [0x08, 'u1'],
  [0x09, 'i1'],
  [0x0b, 'i2'],
  [0x0c, 'i4'],
  [0x0d, 'f4'],
  [0x0e, 'f8'],
]);

/**
 * Reads an IDX file, the format of MNIST, plain or gzipped: integers of 8 to 32 bits and floats, big-endian, C order.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError `format` when the bytes break the format; `unsupported` when a gzipped file grows beyond
 * `maximumBytes`.
 */
export function readIdx(bytes: Uint8Array, options: ReadOptions = {}): NumericArray {
  const { maximumBytes = MAXIMUM_BYTES, where = 'readIdx' } = options;
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? inflateGzip(bytes, maximumBytes, where) : bytes;
  const cursor = new ByteCursor(plain, false, where);
  const zeros = cursor.uint16('the magic');
  const [code = 0, rank = 0] = cursor.take(2, 'the magic');
  const format = FORMATS.get(code);
  if (zeros !== 0 || format === undefined) throw formatError(where, 'an IDX file', 'other bytes');
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) shape.push(cursor.uint32('the sizes'));
  const count = shape.reduce((product, size) => product * size, 1);
  if (cursor.remaining !== count * bytesPerNumber(format)) {
    throw formatError(
      where,
      `${count} values of ${bytesPerNumber(format)} bytes`,
      `${cursor.remaining} bytes`,
    );
  }
  const data = cursor.take(cursor.remaining, 'the values');
  return numericArray(shape, decodeNumbers(data, format, false, fitsSingle(format), where));
}
