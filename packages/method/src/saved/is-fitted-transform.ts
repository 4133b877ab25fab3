import type { FittedTransform } from '@crossmodal/transforms';

/** Whether a value is a fitted transform. */
export function isFittedTransform(value: unknown): value is FittedTransform {
  if (typeof value !== 'object' || value === null) return false;
  const { name, state, apply } = value as Partial<FittedTransform>;
  return typeof name === 'string' && typeof state === 'object' && typeof apply === 'function';
}
