import type { ElementArray, ElementType } from './types.js';

/** Makes the typed array of an element type from numbers. */
export function toElementArray(values: ArrayLike<number>, dtype: ElementType): ElementArray {
  switch (dtype) {
    case 'float32':
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case 'int32':
      return values instanceof Int32Array ? values : Int32Array.from(values);
    case 'bool':
      return values instanceof Uint8Array ? values : Uint8Array.from(values);
    case 'int64':
      return BigInt64Array.from(Array.from(values, BigInt));
  }
}

/** Makes the typed array of an element type with zeros. */
export function emptyArray(length: number, dtype: ElementType): ElementArray {
  const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array, int64: BigInt64Array };
  return new arrays[dtype](length);
}

/** The number all elements equal, or nothing; two zeros of different sign count as different. */
export function uniformValue(values: ElementArray): number | undefined {
  if (values.length === 0 || values instanceof BigInt64Array) return undefined;
  const first = values[0];
  for (let index = 1; index < values.length; index++) if (!Object.is(values[index], first)) return undefined;
  return first;
}
