import type { FloatArray } from '@crossmodal/core';
import type { ArrayValue } from '../../../arrays/array-value.js';
import { fromColumnMajor } from '../../../arrays/c-order.js';
import { describeNumbers, describeText } from '../../../arrays/describe-array.js';
import { numericArray } from '../../../arrays/numeric-array.js';
import type { VariableSummary } from '../../../arrays/variable-summary.js';
import { bytesPerNumber, decodeNumbers, fitsSingle } from '../../binary/decode-numbers.js';
import { formatError, unsupportedError } from '../../format-error.js';
import { entriesToRows } from '../../sparse/entries-to-rows.js';
import { linesOf } from '../lines-of.js';
import { KIND, type Mat4Header } from './header.js';

/** Decodes one matrix of a version 4 file: numbers, text, or a sparse matrix. */
export function readMat4Matrix(data: Uint8Array, header: Mat4Header, where: string): ArrayValue {
  const { kind, shape, machine, length, complex } = header;
  const cures = 'Save it with: save(file, vars, "-v7").';
  if (machine !== undefined)
    throw unsupportedError(where, 'numbers of IEEE 754', `${machine} numbers`, cures);
  if (complex || isComplexSparse(header)) {
    throw unsupportedError(
      where,
      'real numbers',
      'complex ones',
      'Save the real and imaginary parts as two variables.',
    );
  }
  if (data.length < length) throw formatError(where, `${length} bytes of values`, `${data.length}`);
  const values = numbers(data, header, where);
  if (kind === KIND.sparse) return readSparse(values, shape, where);
  if (kind === KIND.full) return numericArray(shape, fromColumnMajor(values, shape));
  return linesOf(textOf(values, where), shape);
}

/** Tells kind and shape of a matrix of a version 4 file. */
export function summariseMat4Matrix(data: Uint8Array, header: Mat4Header, where: string): VariableSummary {
  const { kind, shape, machine, complex, format } = header;
  const sizes = shape.join(' x ');
  if (machine !== undefined)
    return { kind: 'unreadable', shape, description: `${machine} numbers of ${sizes}` };
  if (complex) return { kind: 'unreadable', shape, description: `complex numbers of ${sizes}` };
  if (kind === KIND.full) return { kind: 'array', shape, description: describeNumbers(shape) };
  if (kind === KIND.text) {
    const lines = shape.includes(0) ? 0 : shape[0];
    return { kind: 'text', shape: [lines], description: describeText(lines) };
  }
  if (isComplexSparse(header))
    return { kind: 'unreadable', description: 'complex numbers of a sparse matrix' };
  // The last entry of the columns of rows and of columns is the size.
  const size = bytesPerNumber(format);
  const last = [1, 2].map((column) => {
    const end = column * shape[0] * size;
    return numbers(data.subarray(end - size, end), header, where)[0] ?? 0;
  });
  return { kind: 'csr', shape: last, description: `a sparse matrix of ${last.join(' x ')}` };
}

function numbers(data: Uint8Array, { format, littleEndian, length }: Mat4Header, where: string): FloatArray {
  return decodeNumbers(data.subarray(0, length), format, littleEndian, fitsSingle(format), where);
}

function isComplexSparse({ kind, shape }: Mat4Header): boolean {
  return kind === KIND.sparse && shape[1] === 4;
}

/** Columns of rows, of columns, both from 1, and of values; the last entry holds the size of the matrix. */
function readSparse(values: FloatArray, [n, columns]: readonly [number, number], where: string): ArrayValue {
  if (columns !== 3 || n < 1)
    throw formatError(where, 'three columns of a sparse matrix', `${n} x ${columns} numbers`);
  const place = (start: number) =>
    Float64Array.from(values.subarray(start, start + n - 1), (index) => index - 1);
  const entries = {
    rowIndices: place(0),
    columnIndices: place(n),
    values: values.slice(2 * n, 3 * n - 1) as FloatArray,
  };
  return entriesToRows([values[n - 1]!, values[2 * n - 1]!], entries, where);
}

function textOf(codes: FloatArray, where: string): readonly string[] {
  return Array.from<number, string>(codes, (code) => {
    if (Number.isInteger(code) && code >= 0 && code <= 0xffff) return String.fromCharCode(code);
    throw formatError(where, 'character codes', `${code}`);
  });
}
