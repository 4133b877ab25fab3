import type { FloatArray } from '@crossmodal/core';
import { fromColumnMajor } from '../../../arrays/c-order.js';
import { numericArray } from '../../../arrays/numeric-array.js';
import type { LargeIntegers, NumericArray } from '../../../arrays/array-value.js';
import {
  bytesPerNumber,
  decodeExactly,
  decodeNumbers,
  fitsSingle,
  type NumberFormat,
} from '../../binary/decode-numbers.js';
import { formatError } from '../../format-error.js';
import { NUMBER_FORMATS, type Element } from './element.js';

/**
 * Decodes the numbers of an element, in the order stored.
 *
 * @throws CrossmodalError `format` when it holds none; `value` for 64-bit integers beyond 2^53.
 */
export function elementNumbers(
  element: Element,
  littleEndian: boolean,
  single: boolean,
  where: string,
): FloatArray {
  const format = numberFormat(element, where);
  return decodeNumbers(element.data, format, littleEndian, single || fitsSingle(format), where);
}

/** Decodes a dense numeric array, column-major in the file, into C order. */
export function denseNumeric(
  element: Element,
  shape: readonly number[],
  count: number,
  littleEndian: boolean,
  single: boolean,
  where: string,
): NumericArray | LargeIntegers {
  const format = numberFormat(element, where);
  const values = decodeExactly(element.data, format, littleEndian, single || fitsSingle(format));
  if (values.length !== count) throw formatError(where, `${shape.join(' x ')} values`, `${values.length}`);
  return numericArray(shape, fromColumnMajor(values, shape));
}

function numberFormat({ type, data }: Element, where: string): NumberFormat {
  const format = NUMBER_FORMATS.get(type);
  if (format === undefined) throw formatError(where, 'a numeric data type', `type ${type}`);
  if (data.length % bytesPerNumber(format) !== 0) {
    throw formatError(where, `a multiple of ${bytesPerNumber(format)} bytes`, `${data.length}`);
  }
  return format;
}
