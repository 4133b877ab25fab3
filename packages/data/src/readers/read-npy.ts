import type { ArrayValue } from '../arrays/array-value.js';
import { fromColumnMajor } from '../arrays/c-order.js';
import { numericArray } from '../arrays/numeric-array.js';
import { decodeExactly, fitsSingle } from './decode-numbers.js';
import { formatError } from './format-error.js';
import { fixedWidthText } from './npy/fixed-width-text.js';
import { parseElementType } from './npy/element-type.js';
import { parseNpyHeader } from './npy/header.js';
import type { ReadOptions } from './read-options.js';

/**
 * Reads a NumPy `.npy` file, versions 1 to 3: booleans, integers of 8 to 64 bits, floats of 16 to 64 bits and
 * fixed-width text, of either byte order, in C or Fortran order; arrays come in C order, 64-bit integers of which some lie beyond 2^53
 * as {@link LargeIntegers}.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError `format` when the bytes break the format; `unsupported` for other element types (complex,
 * records, pickled objects, dates).
 * @example
 * ```ts
 * const file = writeNpy(fromRows([[1, 2], [3, 4]]));
 * const features = arrayToMatrix(readNpy(file));
 * ```
 */
export function readNpy(bytes: Uint8Array, options: ReadOptions = {}): ArrayValue {
  const { where = 'readNpy' } = options;
  const { shape, columnMajor, descr, data } = parseNpyHeader(bytes, where);
  const type = parseElementType(descr, where);
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== count * type.size) {
    throw formatError(where, `${count} values of ${type.size} bytes`, `${data.length} bytes`);
  }
  if (type.kind === 'text') {
    const items = fixedWidthText(data, count, type, where);
    return { kind: 'text', shape, items: columnMajor ? fromColumnMajor(items, shape) : items };
  }
  const values = decodeExactly(data, type.format, type.littleEndian, fitsSingle(type.format));
  return numericArray(shape, columnMajor ? fromColumnMajor(values, shape) : values);
}
