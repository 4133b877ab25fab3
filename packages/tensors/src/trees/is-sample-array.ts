import type { SampleArray } from '@crossmodal/core';

/** Whether a value is a {@link SampleArray}. */
export function isSampleArray(value: unknown): value is SampleArray {
  if (typeof value !== 'object' || value === null) return false;
  const { shape, values } = value as Partial<SampleArray>;
  return Array.isArray(shape) && values instanceof Float32Array;
}
