import type { ModelArrays, WritableArray } from '@crossmodal/io';
import { restoreTransform, type FittedTransform } from '@crossmodal/transforms';
import * as z from 'zod';

/** Schema of the description that `packTransform` makes; `numbers` is left out when the transform has none. */
export const packedTransform = {
  transform: z.string(),
  vectors: z.array(z.string()),
  numbers: z.record(z.string(), z.number()).optional(),
};

/** A transform as plain data; its arrays are kept apart. */
export interface PackedTransform {
  readonly transform: string;
  readonly vectors: string[];
  readonly numbers?: Record<string, number> | undefined;
}

/** Splits a fitted transform into plain data and arrays, the latter added to `arrays` as `prefix-key`. */
export function packTransform(
  { name, state }: FittedTransform,
  prefix: string,
  arrays: Record<string, WritableArray>,
): PackedTransform {
  const vectors: string[] = [];
  const numbers: Record<string, number> = {};
  for (const [key, value] of Object.entries(state)) {
    if (typeof value === 'number') {
      numbers[key] = value;
    } else {
      vectors.push(key);
      arrays[`${prefix}-${key}`] = { shape: [value.length], values: value };
    }
  }
  return Object.keys(numbers).length === 0
    ? { transform: name, vectors }
    : { transform: name, vectors, numbers };
}

/** Puts together what {@link packTransform} split. */
export function unpackTransform(
  { transform, vectors, numbers = {} }: PackedTransform,
  prefix: string,
  arrays: ModelArrays,
): FittedTransform {
  const state: Record<string, number | Float32Array> = { ...numbers };
  for (const key of vectors) state[key] = Float32Array.from(arrays.vector(`${prefix}-${key}`));
  return restoreTransform(transform, state);
}
