import { denseMatrix, type FloatArray } from '@crossmodal/core';
import * as z from 'zod';
import { restoreTransform, type FittedTransform, type PreparedModality } from '@crossmodal/transforms';
import type { WritableArray } from '../writers/writable-array.js';
import { damagedModel, type ModelArrays } from './model-arrays.js';

const size = z.int().min(1);

/** Schema of the description that {@link packPrepared} makes of one modality. */
export const packedModality = z.object({
  name: z.string(),
  transform: z.string(),
  numbers: z.record(z.string(), z.number()),
  vectors: z.array(z.string()),
  present: z.boolean(),
  columns: size.optional(),
  image: z.object({ height: size, width: size, channels: size }).optional(),
});

/** Description of one prepared modality in a saved model; its arrays are kept apart. */
export type PackedModality = z.infer<typeof packedModality>;

/** Splits a prepared modality into plain data and arrays, the latter under names that end in its number. */
export function packPrepared(
  { name, features, present, transform, columns, image }: PreparedModality,
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
  const description = {
    name,
    transform: transform.name,
    numbers,
    vectors,
    present: present !== undefined,
    ...(columns === undefined ? {} : { columns }),
    ...(image ? { image } : {}),
  };
  return { description, arrays };
}

/**
 * Puts together what {@link packPrepared} split.
 *
 * @throws CrossmodalError `format` when an array is missing, or they do not belong together.
 */
export function unpackPrepared(entry: PackedModality, index: number, arrays: ModelArrays): PreparedModality {
  const where = 'unpackPrepared';
  const { name, image } = entry;
  const state: Record<string, number | FloatArray> = { ...entry.numbers };
  for (const key of entry.vectors) {
    const stored = arrays.vector(`transform-${index}-${key}`);
    state[key] = stored instanceof Float64Array ? stored : Float32Array.from(stored);
  }
  const { rows, columns, values } = arrays.matrix(`features-${index}`);
  const transform = restoreTransform(entry.transform, state);
  if (!takes(transform, entry.columns, columns)) {
    const from = entry.columns ?? columns;
    throw damagedModel(
      where,
      name,
      `a transform '${transform.name}' of other than ${from} to ${columns} features`,
    );
  }
  if (image !== undefined && image.height * image.width * image.channels !== columns)
    throw damagedModel(where, name, `${columns} features for images of another size`);
  const present = entry.present ? Uint8Array.from(arrays.vector(`present-${index}`)) : undefined;
  if (present !== undefined && (present.length !== rows || present.some((flag) => flag > 1)))
    throw damagedModel(where, name, `no presence flags of ${rows} rows`);
  return {
    name,
    transform,
    ...(entry.columns === undefined ? {} : { columns: entry.columns }),
    features: denseMatrix(Float32Array.from(values), rows, columns),
    ...(present ? { present } : {}),
    ...(image ? { image } : {}),
  };
}

/** Whether a transform maps so many features to so many; one that changes their number says how many it takes. */
function takes(transform: FittedTransform, raw: number | undefined, columns: number): boolean {
  if (!transform.keepsLayout && raw === undefined) return true;
  try {
    return transform.apply(denseMatrix(new Float32Array(0), 0, raw ?? columns)).columns === columns;
  } catch {
    return false;
  }
}
