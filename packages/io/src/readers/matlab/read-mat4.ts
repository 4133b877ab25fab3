import type { ArrayValue } from '../../arrays/array-value.js';
import { printable } from '../../arrays/describe-array.js';
import { LazyVariables, type StoredVariable } from '../../arrays/lazy-variables.js';
import { formatError } from '../format-error.js';
import type { ReadOptions } from '../read-options.js';
import { readMat4Header } from './mat4/header.js';
import { readMat4Matrix, summariseMat4Matrix } from './mat4/matrix.js';

/**
 * Reads a MATLAB file of version 4 (`save -v4`): matrices of numbers in every format, text and sparse matrices, of either byte order;
 * arrays come in C order.
 *
 * The names are known at once; each variable is decoded when it is asked for, and one that cannot be read refuses only itself.
 *
 * @param bytes - the whole file
 * @returns the variables by name, in file order
 * @throws CrossmodalError `format` when the bytes are no such file. A variable throws `format` when it is damaged or its name stands for
 * two, and `unsupported` when it is complex or its numbers are those of a VAX or a Cray.
 */
export function readMat4(bytes: Uint8Array, options: ReadOptions = {}): ReadonlyMap<string, ArrayValue> {
  const { where = 'readMat4' } = options;
  if (readMat4Header(bytes) === undefined)
    throw formatError(where, 'a MATLAB file of version 4', 'other bytes');
  const variables = new Map<string, StoredVariable>();
  for (let position = 0; position < bytes.length;) {
    const header = readMat4Header(bytes, position);
    if (header === undefined) {
      variables.set(`#${variables.size + 1}`, damaged(where, 'the header of a matrix', 'other bytes'));
      break;
    }
    const { name, start, length } = header;
    const data = bytes.subarray(start, start + length);
    const inside = `${where} '${printable(name)}'`;
    const variable = {
      summarise: () => summariseMat4Matrix(data, header, inside),
      read: () => readMat4Matrix(data, header, inside),
    };
    const isRepeated = variables.has(name);
    variables.set(
      name,
      isRepeated ? damaged(where, `one variable '${printable(name)}'`, 'several') : variable,
    );
    position = start + length;
  }
  return new LazyVariables(variables);
}

function damaged(where: string, expected: string, received: string): StoredVariable {
  return {
    summarise: () => ({ kind: 'unreadable', description: received }),
    read() {
      throw formatError(where, expected, received);
    },
  };
}
