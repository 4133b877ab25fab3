import type { ResolvedExactOptions } from './exact-options.js';

/** Factor on every ridge: the constants were measured up to about 2000 samples, and have to grow with more. */
export function ridgeFactor({ ridgeReference }: ResolvedExactOptions, n: number): number {
  return Math.max(1, n / ridgeReference);
}
