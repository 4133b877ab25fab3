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

/** Whole numbers of 64 bits, some beyond 2^53. */
export type Large = BigInt64Array | BigUint64Array;

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
  return withinDoubles(decodeExactly(bytes, format, littleEndian, single), where);
}

/**
 * Refuses 64-bit integers.
 *
 * @throws CrossmodalError `value` when the numbers are such, which lie beyond 2^53.
 */
export function withinDoubles(numbers: FloatArray | Large, where: string): FloatArray {
  if (numbers instanceof Float32Array || numbers instanceof Float64Array) return numbers;
  throw new CrossmodalError({
    code: 'value',
    where,
    expected: 'integers within -2^53..2^53',
    received: String(Array.from<bigint>(numbers).find(isLarge)),
    advice: 'Save the array as double if rounding is acceptable.',
  });
}

/**
 * Decodes stored numbers into a new array, and 64-bit integers as such when one of them lies beyond 2^53.
 *
 * @param single - give 32 bits instead of 64
 */
export function decodeExactly(
  bytes: Uint8Array,
  format: NumberFormat,
  littleEndian: boolean,
  single: boolean,
): FloatArray | Large {
  const size = bytesPerNumber(format);
  // A copy starts at an aligned address, so that it can be seen as numbers of any size.
  const copy = new Uint8Array(bytes.length - (bytes.length % size));
  copy.set(bytes.subarray(0, copy.length));
  return decodeOwn(copy, format, littleEndian, single);
}

/**
 * Decodes stored numbers as {@link decodeExactly}, in place where that can be.
 *
 * @param bytes - all of their buffer, a multiple of the size of a number; nobody may use them any more
 */
export function decodeOwn(
  bytes: Uint8Array<ArrayBuffer>,
  format: NumberFormat,
  littleEndian: boolean,
  single: boolean,
): FloatArray | Large {
  if (littleEndian !== LITTLE_ENDIAN) swapBytes(bytes, bytesPerNumber(format));
  const stored = VIEWS[format](bytes.buffer);
  if (stored instanceof BigInt64Array || stored instanceof BigUint64Array) return stored;
  if (single) return stored instanceof Float32Array ? stored : new Float32Array(stored);
  return stored instanceof Float64Array ? stored : new Float64Array(stored);
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Numbers in the byte order of this machine, seen in place, or converted where no array type holds them. */
const VIEWS: Readonly<Record<NumberFormat, (buffer: ArrayBuffer) => ArrayLike<number> | Large>> = {
  i1: (buffer) => new Int8Array(buffer),
  u1: (buffer) => new Uint8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  i8: (buffer) => exactDoubles(buffer, new Int32Array(buffer)) ?? new BigInt64Array(buffer),
  u8: (buffer) => exactDoubles(buffer, new Uint32Array(buffer)) ?? new BigUint64Array(buffer),
  f2: (buffer) => Float32Array.from(new Uint16Array(buffer), half),
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
};

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) {
    for (let a = start, b = start + size - 1; a < b; a++, b--) {
      const kept = bytes[a]!;
      bytes[a] = bytes[b]!;
      bytes[b] = kept;
    }
  }
}

/** 64-bit integers as doubles, put together from halves of 32 bits; undefined when one lies beyond 2^53. */
function exactDoubles(buffer: ArrayBuffer, upper: Int32Array | Uint32Array): Float64Array | undefined {
  const lower = new Uint32Array(buffer);
  const [low, high] = LITTLE_ENDIAN ? [0, 1] : [1, 0];
  const doubles = new Float64Array(lower.length / 2);
  for (let p = 0; p < doubles.length; p++) {
    const value = upper[2 * p + high]! * 2 ** 32 + lower[2 * p + low]!;
    // 2^53 itself may be the rounded 2^53 + 1.
    if (Math.abs(value) > MOST && !(Math.abs(value) === 2 ** 53 && lower[2 * p + low] === 0))
      return undefined;
    doubles[p] = value;
  }
  return doubles;
}

const MOST = Number.MAX_SAFE_INTEGER;

function isLarge(value: bigint): boolean {
  return value > 2n ** 53n || value < -(2n ** 53n);
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
