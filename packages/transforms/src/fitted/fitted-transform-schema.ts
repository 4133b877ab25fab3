import { denseMatrix } from '@crossmodal/core';
import * as z from 'zod';
import type { FittedTransform } from './fitted-transform.js';

/** Whether a value is a fitted transform. */
export function isFittedTransform(value: unknown): value is FittedTransform {
  if (typeof value !== 'object' || value === null) return false;
  const { name, state, apply } = value as Partial<FittedTransform>;
  return typeof name === 'string' && typeof state === 'object' && typeof apply === 'function';
}

/** Schema of a fitted transform, restored from a saved model. */
export const fittedTransform = z.custom<FittedTransform>(isFittedTransform, 'a fitted transform');

/**
 * Whether a transform takes rows of some length.
 *
 * @param to - length of what it makes of them; undefined where any will do
 */
export function mapsRows(transform: FittedTransform, from: number, to?: number): boolean {
  try {
    const { columns } = transform.apply(denseMatrix(new Float32Array(0), 0, from));
    return to === undefined || columns === to;
  } catch {
    return false;
  }
}
