import type { FloatArray } from '@crossmodal/core';
import type { NumericArray } from './array-value.js';

/** Wraps values in C order as an array, without a copy; the caller has checked that the sizes fit. */
export function numericArray(shape: readonly number[], values: FloatArray): NumericArray {
  return { kind: 'array', shape, values };
}
