import type { FloatArray } from '@crossmodal/core';
import { fromColumnMajor } from '../../arrays/c-order.js';
import { numericArray } from '../../arrays/numeric-array.js';
import type { NumericArray } from '../../arrays/array-value.js';
import { bytesPerNumber, decodeNumbers, fitsSingle } from '../decode-numbers.js';
import { formatError } from '../format-error.js';
import { NUMBER_FORMATS, type Element } from './element.js';

/** Decodes the numbers of an element, in the order stored. */
export function elementNumbers(
  element: Element,
  littleEndian: boolean,
  single: boolean,
  where: string,
): FloatArray {
  const format = NUMBER_FORMATS.get(element.type);
  if (format === undefined) throw formatError(where, 'a numeric data type', `type ${element.type}`);
  if (element.data.length % bytesPerNumber(format) !== 0) {
    throw formatError(where, `a multiple of ${bytesPerNumber(format)} bytes`, `${element.data.length}`);
  }
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
): NumericArray {
  const values = elementNumbers(element, littleEndian, single, where);
  if (values.length !== count) throw formatError(where, `${shape.join(' x ')} values`, `${values.length}`);
  return numericArray(shape, fromColumnMajor(values, shape));
}
