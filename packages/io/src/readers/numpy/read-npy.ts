import type { ArrayValue } from '../../arrays/array-value.js';
import { checkLength } from '../binary/check-length.js';
import type { ReadOptions } from '../read-options.js';
import { decodeElements } from './decode-elements.js';
import { parseElementType } from './element-type.js';
import { parseNpyHeader } from './header.js';
import { readRecords } from './read-records.js';

/**
 * Reads a NumPy `.npy` file, versions 1 to 3: booleans, integers of 8 to 64 bits, floats of 16 to 64 bits and
 * fixed-width text, of either byte order, in C or Fortran order; arrays come in C order, 64-bit integers of which some lie beyond 2^53
 * as {@link LargeIntegers}. An array of records is a struct whose fields are arrays.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError `format` when the bytes break the format; `unsupported` for other element types (complex,
 * pickled objects, dates).
 * @example
 * ```ts
 * const file = writeNpy(fromRows([[1, 2], [3, 4]]));
 * const features = arrayToMatrix(readNpy(file));
 * ```
 */
export function readNpy(bytes: Uint8Array, options: ReadOptions = {}): ArrayValue {
  const { where = 'readNpy' } = options;
  const header = parseNpyHeader(bytes, where);
  const { shape, columnMajor, descr, data } = header;
  if (descr.startsWith('[')) return readRecords(header, where);
  const type = parseElementType(descr, where);
  checkLength(shape, type.size, data.length, where);
  return decodeElements(data, type, shape, where, columnMajor);
}
