import type { FloatArray } from '@crossmodal/core';
import type { LargeIntegers } from './array-value.js';

/** Rows and columns of a tile that fits the first-level cache. */
const TILE = 32;

/**
 * Reorders values from column-major (first axis fastest) to C order (last axis fastest).
 *
 * @returns the same array where the two orders agree, else a new one
 */
export function fromColumnMajor<T>(values: readonly T[], shape: readonly number[]): readonly T[];
export function fromColumnMajor<T extends FloatArray | LargeIntegers['values']>(
  values: T,
  shape: readonly number[],
): T;
export function fromColumnMajor<T>(
  values: readonly T[] | FloatArray | LargeIntegers['values'],
  shape: readonly number[],
): readonly T[] | FloatArray | LargeIntegers['values'] {
  // Of an empty array an axis may be as long as it likes.
  if (values.length === 0 || shape.filter((size) => size !== 1).length < 2) return values;
  const result = values.slice() as FloatArray;
  const source = values as FloatArray;
  const first = shape[0]!;
  const rest = values.length / first;
  if (shape.length === 2) {
    // In tiles, so that reads and writes both stay near each other.
    for (let top = 0; top < first; top += TILE) {
      for (let left = 0; left < rest; left += TILE) {
        const bottom = Math.min(top + TILE, first);
        const right = Math.min(left + TILE, rest);
        for (let i = top; i < bottom; i++) {
          for (let j = left; j < right; j++) result[i * rest + j] = source[j * first + i]!;
        }
      }
    }
    return result;
  }
  // An odometer over the column-major order, and the C-order position it stands at.
  const strides = cStrides(shape);
  const index = new Array<number>(shape.length).fill(0);
  let target = 0;
  for (let p = 0; p < values.length; p++) {
    result[target] = source[p]!;
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = index[axis]! + 1;
      target += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      target -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

function cStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}
