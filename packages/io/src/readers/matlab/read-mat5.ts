import type { ArrayValue } from '../../arrays/array-value.js';
import { LazyVariables } from '../../arrays/lazy-variables.js';
import { Budget } from '../compression/budget.js';
import { formatError, unsupportedError } from '../format-error.js';
import { MAXIMUM_BYTES, type ReadOptions } from '../read-options.js';
import { readMat4Header } from './mat4/header.js';
import { storedVariables } from './mat5/stored-variables.js';

/**
 * Reads a MATLAB file of version 5 (`save -v6` or `-v7`): numeric and logical arrays of every class, sparse matrices,
 * cell arrays, text and structs, compressed or not, of either byte order; arrays come in C order.
 *
 * The names are known at once; each variable is decompressed and decoded when it is asked for, and one that cannot be read refuses only
 * itself. A damaged part whose name is lost is called by its place, `#3`.
 *
 * @param bytes - the whole file
 * @returns the variables by name, in file order
 * @throws CrossmodalError `format` when the bytes are no such file; `unsupported` for files of version 4 and 7.3. A variable throws
 * `format` when it is damaged or its name stands for two, and `unsupported` when it is complex or grows beyond `maximumBytes`.
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
  return new LazyVariables(storedVariables(bytes, { littleEndian, budget: new Budget(maximumBytes), where }));
}

function checkHeader(bytes: Uint8Array, where: string): boolean {
  if (readMat4Header(bytes) !== undefined)
    throw unsupportedError(where, 'a MATLAB file of version 5', 'version 4', 'Read it with readMat4.');
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
