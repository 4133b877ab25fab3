import { damagedModel, type ModelArrays } from '@crossmodal/io/bytes';
import { restoreTransform, type TransformState } from '@crossmodal/transforms';
import { ARRAY_TYPES } from './pack-tree.js';

/**
 * Puts together what {@link packTree} split.
 *
 * @param where - the public function that loads, for errors
 * @throws CrossmodalError `format` when an array is missing or of another type, or a transform cannot be restored.
 */
export function unpackTree(where: string, description: unknown, arrays: ModelArrays): unknown {
  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    if ('$number' in value) return Number(value.$number);
    if ('$array' in value) return arrayOf(where, value as { $array: unknown; type?: unknown }, arrays);
    if ('$transform' in value)
      return transformOf(where, value as { $transform: unknown; state?: unknown }, unpack);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, unpack(entry)]));
  };
  return unpack(description);
}

function arrayOf(
  where: string,
  { $array: name, type }: { readonly $array: unknown; readonly type?: unknown },
  arrays: ModelArrays,
): unknown {
  const kind = Object.entries(ARRAY_TYPES).find(([known]) => known === type)?.[1];
  if (kind === undefined || typeof name !== 'string')
    throw damagedModel(where, 'model.json', `an array of type '${String(type)}'`);
  const stored = arrays.vector(name);
  const values = kind.from(stored);
  // A fraction, or a number out of range, would be cut without a word.
  const bad = values.findIndex((value, i) => value !== stored[i] && kind !== Float32Array);
  if (bad >= 0) throw damagedModel(where, name, `${stored[bad]} in an array of ${String(type)}`);
  return values;
}

function transformOf(
  where: string,
  { $transform: name, state }: { readonly $transform: unknown; readonly state?: unknown },
  unpack: (value: unknown) => unknown,
): unknown {
  try {
    return restoreTransform(String(name), unpack(state ?? {}) as TransformState);
  } catch (error) {
    throw damagedModel(
      where,
      String(name),
      `a transform that cannot be restored (${(error as Error).message})`,
    );
  }
}
