import type { FloatArray } from '@crossmodal/core';
import type { LargeIntegers, NumericArray } from './array-value.js';

/** Wraps values in C order as an array, without a copy; the caller has checked that the sizes fit. */
export function numericArray(shape: readonly number[], values: FloatArray): NumericArray;
export function numericArray(
  shape: readonly number[],
  values: FloatArray | LargeIntegers['values'],
): NumericArray | LargeIntegers;
export function numericArray(
  shape: readonly number[],
  values: FloatArray | LargeIntegers['values'],
): NumericArray | LargeIntegers {
  return values instanceof Float32Array || values instanceof Float64Array
    ? { kind: 'array', shape, values }
    : { kind: 'integers', shape, values };
}
