import type { ArrayValue } from '../arrays/array-value.js';
import { ByteCursor } from './byte-cursor.js';
import { formatError, unsupportedError } from './format-error.js';
import { inflateZlib } from './inflate.js';
import { MI, readElement } from './mat5/element.js';
import { readMatrix } from './mat5/matrix.js';
import { isMat4 } from './mat5/is-mat4.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';

/**
 * Reads a MATLAB file of version 5 (`save -v6` or `-v7`): numeric and logical arrays of every class, sparse matrices,
 * cell arrays, text and structs, compressed or not, of either byte order; arrays come in C order.
 *
 * @param bytes - the whole file
 * @returns the variables by name, in file order
 * @throws CrossmodalError `format` when the bytes break the format; `unsupported` for complex numbers and for files of
 * version 4 and 7.3; `value` for 64-bit integers beyond 2^53.
 * @example
 * ```ts no-run
 * import { readFile } from 'node:fs/promises';
 * const variables = readMat5(await readFile('COIL20.mat'));
 * const features = arrayToMatrix(variables.get('fea')!);
 * ```
 */
export function readMat5(bytes: Uint8Array, options: ReadOptions = {}): ReadonlyMap<string, ArrayValue> {
  const { maximumBytes = MAXIMUM_BYTES, where = 'readMat5' } = options;
  const littleEndian = checkHeader(bytes, where);
  const cursor = new ByteCursor(bytes, littleEndian, where);
  cursor.position = 128;
  const variables = new Map<string, ArrayValue>();
  let budget = maximumBytes;
  while (cursor.remaining > 0) {
    let element = readElement(cursor, 'a variable');
    if (element.type === MI.compressed) {
      const inflated = inflateZlib(element.data, budget, where);
      budget -= inflated.length;
      element = readElement(new ByteCursor(inflated, littleEndian, where), 'a compressed variable');
    }
    if (element.type !== MI.matrix)
      throw formatError(where, 'an array', `an element of data type ${element.type}`);
    const { name, value } = readMatrix(element.data, littleEndian, where);
    // Arrays without a name hold private data of classes.
    if (name !== '') variables.set(name, value);
  }
  return variables;
}

function checkHeader(bytes: Uint8Array, where: string): boolean {
  if (isMat4(bytes)) {
    throw unsupportedError(
      where,
      'a MATLAB file of version 5',
      'version 4',
      'Save it with: save(file, vars, "-v7").',
    );
  }
  if (bytes.length < 128) throw formatError(where, 'a header of 128 bytes', `${bytes.length} bytes`);
  const mark = String.fromCharCode(bytes[126]!, bytes[127]!);
  if (mark !== 'IM' && mark !== 'MI') throw formatError(where, "the byte order mark 'IM' or 'MI'", 'another');
  const littleEndian = mark === 'IM';
  const major = littleEndian ? bytes[125]! : bytes[124]!;
  if (major === 2) {
    throw unsupportedError(
      where,
      'a MATLAB file of version 5',
      'version 7.3 (HDF5)',
      'Save it with: save(file, vars, "-v7").',
    );
  }
  if (major !== 1) throw formatError(where, 'version 1 of the format', `${major}`);
  return littleEndian;
}
