import { CrossmodalError } from '@crossmodal/core';
import type { TransformState } from './fitted-transform.js';

/** Reads an array out of a saved state. */
export function arrayState(name: string, state: TransformState, key: string, length?: number): Float32Array {
  const value = state[key];
  if (value instanceof Float32Array && (length === undefined || value.length === length)) return value;
  throw new CrossmodalError({
    code: 'format',
    where: `restoreTransform '${name}'`,
    expected: `${length === undefined ? 'an array' : `${length} values`} '${key}' in the saved state`,
    received: value instanceof Float32Array ? `${value.length} values` : typeof value,
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
