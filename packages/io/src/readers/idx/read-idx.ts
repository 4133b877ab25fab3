import type { NumericArray } from '../../arrays/array-value.js';
import { numericArray } from '../../arrays/numeric-array.js';
import { checkLength } from '../binary/check-length.js';
import { bytesPerNumber, decodeNumbers, fitsSingle } from '../binary/decode-numbers.js';
import { inflateGzip } from '../compression/inflate.js';
import { MAXIMUM_BYTES, type ReadOptions } from '../read-options.js';
import { parseIdxHeader } from './header.js';

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
  const { shape, numbers, data } = parseIdxHeader(plain, where);
  checkLength(shape, bytesPerNumber(numbers), data.length, where);
  return numericArray(shape, decodeNumbers(data, numbers, false, fitsSingle(numbers), where));
}
