import { CrossmodalError } from '@crossmodal/core';
import { describeNumbers } from '../../arrays/describe-array.js';
import { bytesPerNumber, type NumberFormat } from '../binary/decode-numbers.js';
import { unsupportedError } from '../format-error.js';
import { parseIdxHeader } from '../idx/header.js';
import { parseElementType } from '../numpy/element-type.js';
import { parseNpyHeader } from '../numpy/header.js';

/** Formats whose rows stand one after the other, so that some can be read without the others. */
export type RowFormat = 'npy' | 'idx';

/** Where the rows of a file stand, and how their numbers are stored. */
export interface RowLayout {
  readonly format: RowFormat;
  /** `[n, ...]`. */
  readonly shape: readonly number[];
  readonly numbers: NumberFormat;
  readonly littleEndian: boolean;
  /** Bytes before the first number. */
  readonly offset: number;
  /** Bytes of one row. */
  readonly rowBytes: number;
}

/** NumPy itself refuses headers beyond 10,000 bytes; the first version cannot have more than 65,545. */
export const MAXIMUM_HEADER = 1 << 17;

/**
 * Reads the header of a file of rows.
 *
 * @param start - its first {@link MAXIMUM_HEADER} bytes, or all of it
 * @throws CrossmodalError `format` when the header is broken; `unsupported` when rows do not stand one after the other, or hold no real
 * numbers; `shape` when there are no rows, or nothing in them.
 */
export function rowLayout(start: Uint8Array, format: RowFormat, where: string): RowLayout {
  const { shape, numbers, littleEndian, data } =
    format === 'npy' ? npyHeader(start, where) : { ...parseIdxHeader(start, where), littleEndian: false };
  const columns = shape.slice(1).reduce((product, size) => product * size, 1);
  if (shape.length === 0 || columns === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a numeric array of one row per sample, with one value at least in every row',
      received: describeNumbers(shape),
    });
  }
  const rowBytes = columns * bytesPerNumber(numbers);
  return { format, shape, numbers, littleEndian, offset: start.length - data.length, rowBytes };
}

function npyHeader(start: Uint8Array, where: string) {
  const { shape, columnMajor, descr, data } = parseNpyHeader(start, where);
  const type = descr.startsWith('[') ? undefined : parseElementType(descr, where);
  if (type?.kind !== 'number') {
    throw unsupportedError(
      where,
      'an array of real numbers',
      type === undefined ? 'records' : 'text',
      'Read it whole with readArrays.',
    );
  }
  // Where but one axis is longer than 1 the two orders are the same.
  if (columnMajor && shape.filter((size) => size !== 1).length > 1) {
    throw unsupportedError(
      where,
      'rows that stand one after the other (C order)',
      'an array in Fortran order',
      'Save it with numpy.ascontiguousarray(array), or read it whole with readArrays.',
    );
  }
  return { shape, numbers: type.format, littleEndian: type.littleEndian, data };
}
