import type { WritableArray } from '@crossmodal/io/bytes';
import { isFittedTransform } from '@crossmodal/transforms';

/** Plain data as JSON, and the arrays that JSON would not keep, by name. */
export interface PackedTree {
  readonly description: unknown;
  readonly arrays: Readonly<Record<string, WritableArray>>;
}

/** Types of arrays, by the name that a description has for them. */
export const ARRAY_TYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
};

/**
 * Splits plain data (records, lists, strings, numbers, flags, typed arrays, matrices, fitted transforms) into a description for JSON and arrays.
 *
 * In the description an array is `{ $array, type }`, a fitted transform `{ $transform, state }`, a number that JSON lacks `{ $number }`.
 * What is undefined is left out.
 *
 * @param prefix - begins the names of the arrays
 */
export function packTree(tree: unknown, prefix: string): PackedTree {
  const arrays: Record<string, WritableArray> = {};
  const pack = (value: unknown, path: string): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    const type = arrayType(value);
    if (type !== undefined) {
      const values = value as Float32Array;
      arrays[path] = { shape: [values.length], values };
      return { $array: path, type };
    }
    if (isFittedTransform(value))
      return { $transform: value.name, state: pack(value.state, `${path}/${value.name}`) };
    if (Array.isArray(value)) return value.map((entry, i) => pack(entry, `${path}/${i}`));
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, entry]) =>
        entry === undefined ? [] : [[key, pack(entry, `${path}/${key}`)]],
      ),
    );
  };
  return { description: pack(tree, prefix), arrays };
}

function arrayType(value: object): string | undefined {
  return Object.entries(ARRAY_TYPES).find(([, type]) => value instanceof type)?.[0];
}
