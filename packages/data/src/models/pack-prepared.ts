import { denseMatrix } from '@crossmodal/core';
import { z } from 'zod';
import { restoreTransform } from '../transforms/restore-transform.js';
import type { WritableArray } from '../writers/writable-array.js';
import type { ModelArrays } from './model-files.js';
import type { PreparedModality } from './prepared-modality.js';

/** Schema of the description that {@link packPrepared} makes of one modality. */
export const packedModality = z.object({
  name: z.string(),
  transform: z.string(),
  numbers: z.record(z.string(), z.number()),
  vectors: z.array(z.string()),
  present: z.boolean(),
});

/** Description of one prepared modality in a saved model; its arrays are kept apart. */
export type PackedModality = z.infer<typeof packedModality>;

/** Splits a prepared modality into plain data and arrays, the latter under names that end in its number. */
export function packPrepared(
  { name, features, present, transform }: PreparedModality,
  index: number,
): { readonly description: PackedModality; readonly arrays: Readonly<Record<string, WritableArray>> } {
  const arrays: Record<string, WritableArray> = { [`features-${index}`]: features };
  if (present !== undefined) arrays[`present-${index}`] = { shape: [present.length], values: present };
  const numbers: Record<string, number> = {};
  const vectors: string[] = [];
  for (const [key, value] of Object.entries(transform.state)) {
    if (typeof value === 'number') {
      numbers[key] = value;
    } else {
      vectors.push(key);
      arrays[`transform-${index}-${key}`] = { shape: [value.length], values: value };
    }
  }
  const description = { name, transform: transform.name, numbers, vectors, present: present !== undefined };
  return { description, arrays };
}

/**
 * Puts together what {@link packPrepared} split.
 *
 * @throws CrossmodalError `format` when an array is missing.
 */
export function unpackPrepared(entry: PackedModality, index: number, arrays: ModelArrays): PreparedModality {
  const state: Record<string, number | Float32Array> = { ...entry.numbers };
  for (const key of entry.vectors) state[key] = Float32Array.from(arrays.vector(`transform-${index}-${key}`));
  const { rows, columns, values } = arrays.matrix(`features-${index}`);
  return {
    name: entry.name,
    transform: restoreTransform(entry.transform, state),
    features: denseMatrix(Float32Array.from(values), rows, columns),
    ...(entry.present ? { present: Uint8Array.from(arrays.vector(`present-${index}`)) } : {}),
  };
}
