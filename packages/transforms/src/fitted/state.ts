import { CrossmodalError, type DenseMatrix, type FloatArray, type RowBlocks } from '@crossmodal/core';
import type { TransformState } from './fitted-transform.js';

/** Whether numbers have 32 or 64 bits. */
export type Precision = RowBlocks['precision'];

/** Numbers learnt from features, in the precision of these: large offsets of doubles keep their digits. */
export function learnt(features: DenseMatrix, values: Float64Array): FloatArray {
  return inPrecision(precisionOf(features), values);
}

/** Whether features are 32-bit or 64-bit numbers. */
export function precisionOf({ values }: DenseMatrix): Precision {
  return values instanceof Float32Array ? 'single' : 'double';
}

/** Numbers in a precision, rounded where it is the single one. */
export function inPrecision(precision: Precision, values: Float64Array): FloatArray {
  return precision === 'single' ? Float32Array.from(values) : values;
}

/** Reads an array out of a saved state. */
export function arrayState(name: string, state: TransformState, key: string, length?: number): FloatArray {
  const value = state[key];
  const isArray = value instanceof Float32Array || value instanceof Float64Array;
  if (isArray && (length === undefined || value.length === length)) return value;
  throw new CrossmodalError({
    code: 'format',
    where: `restoreTransform '${name}'`,
    expected: `${length === undefined ? 'an array' : `${length} values`} '${key}' in the saved state`,
    received: isArray ? `${value.length} values` : typeof value,
    advice: 'The saved model is damaged or of another version; save it again.',
  });
}

/** Reads a number out of a saved state. */
export function numberState(name: string, state: TransformState, key: string): number {
  const value = state[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new CrossmodalError({
    code: 'format',
    where: `restoreTransform '${name}'`,
    expected: `a finite number '${key}' in the saved state`,
    received: String(value),
    advice: 'The saved model is damaged or of another version; save it again.',
  });
}
