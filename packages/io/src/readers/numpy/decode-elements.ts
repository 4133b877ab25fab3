import type { ArrayValue } from '../../arrays/array-value.js';
import { fromColumnMajor } from '../../arrays/c-order.js';
import { numericArray } from '../../arrays/numeric-array.js';
import { decodeExactly, fitsSingle } from '../binary/decode-numbers.js';
import type { ElementType } from './element-type.js';
import { fixedWidthText } from './fixed-width-text.js';

/**
 * Decodes elements of one type, numbers or text, into an array of a shape.
 *
 * @param data - as many bytes as the elements of the shape take
 */
export function decodeElements(
  data: Uint8Array,
  type: ElementType,
  shape: readonly number[],
  where: string,
  columnMajor = false,
): ArrayValue {
  if (type.kind === 'text') {
    const count = shape.reduce((product, size) => product * size, 1);
    const items = fixedWidthText(data, count, type, where);
    return { kind: 'text', shape, items: columnMajor ? fromColumnMajor(items, shape) : items };
  }
  const values = decodeExactly(data, type.format, type.littleEndian, fitsSingle(type.format));
  return numericArray(shape, columnMajor ? fromColumnMajor(values, shape) : values);
}
