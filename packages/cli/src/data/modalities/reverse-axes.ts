import { toDense, type FloatArray } from '@crossmodal/core';
import type { ArrayValue } from '@crossmodal/io';

/** Reverses the axes of an array, so that `[d, n]` becomes `[n, d]` and `[w, h, n]` becomes `[n, h, w]`; other kinds stay. */
export function reverseAxes(value: ArrayValue): ArrayValue {
  if (value.kind === 'csr') {
    const { rows, columns, values } = toDense(value);
    return reverseAxes({ kind: 'array', shape: [rows, columns], values });
  }
  if (value.kind !== 'array' || value.shape.length < 2) return value;
  const { shape, values } = value;
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = 1; axis < shape.length; axis++) strides[axis] = strides[axis - 1]! * shape[axis - 1]!;
  const reversed = emptyLike(values, values.length);
  const index = new Array<number>(shape.length).fill(0);
  let target = 0;
  for (let source = 0; source < values.length; source++) {
    reversed[target] = values[source]!;
    // An odometer over the C order of the source; strides are those of the reversed array.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      target += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      target -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return { kind: 'array', shape: [...shape].reverse(), values: reversed };
}

function emptyLike(values: FloatArray, length: number): FloatArray {
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}
