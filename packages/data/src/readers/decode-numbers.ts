import { CrossmodalError, type FloatArray } from '@crossmodal/core';

/** A way numbers are stored in files. */
export type NumberFormat = 'i1' | 'u1' | 'i2' | 'u2' | 'i4' | 'u4' | 'i8' | 'u8' | 'f2' | 'f4' | 'f8';

/** Bytes a number takes. */
export function bytesPerNumber(format: NumberFormat): number {
  return Number(format[1]);
}

/** Whether single precision holds every value of a format. */
export function fitsSingle(format: NumberFormat): boolean {
  return format === 'f4' || bytesPerNumber(format) <= 2;
}

/**
 * Decodes stored numbers into a new array.
 *
 * @param single - give 32 bits instead of 64
 * @throws CrossmodalError `value` when a 64-bit integer lies beyond 2^53, where doubles have gaps.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  format: NumberFormat,
  littleEndian: boolean,
  single: boolean,
  where: string,
): FloatArray {
  const size = bytesPerNumber(format);
  const count = Math.floor(bytes.length / size);
  const values = single ? new Float32Array(count) : new Float64Array(count);
  if (size === 1) {
    values.set(format === 'i1' ? new Int8Array(bytes.buffer, bytes.byteOffset, count) : bytes);
    return values;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, count * size);
  const read = READERS[format];
  for (let i = 0; i < count; i++) values[i] = read(view, i * size, littleEndian, where);
  return values;
}

type ReadNumber = (view: DataView, offset: number, littleEndian: boolean, where: string) => number;

const READERS: Readonly<Record<NumberFormat, ReadNumber>> = {
  i1: (view, offset) => view.getInt8(offset),
  u1: (view, offset) => view.getUint8(offset),
  i2: (view, offset, little) => view.getInt16(offset, little),
  u2: (view, offset, little) => view.getUint16(offset, little),
  i4: (view, offset, little) => view.getInt32(offset, little),
  u4: (view, offset, little) => view.getUint32(offset, little),
  i8: (view, offset, little, where) => exact(view.getBigInt64(offset, little), where),
  u8: (view, offset, little, where) => exact(view.getBigUint64(offset, little), where),
  f2: (view, offset, little) => half(view.getUint16(offset, little)),
  f4: (view, offset, little) => view.getFloat32(offset, little),
  f8: (view, offset, little) => view.getFloat64(offset, little),
};

function exact(value: bigint, where: string): number {
  const number = Number(value);
  if (BigInt(number) === value && Math.abs(number) <= 2 ** 53) return number;
  throw new CrossmodalError({
    code: 'value',
    where,
    expected: 'integers within -2^53..2^53',
    received: String(value),
    advice: 'Save the array as double if rounding is acceptable.',
  });
}

/** IEEE 754 half precision: sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
