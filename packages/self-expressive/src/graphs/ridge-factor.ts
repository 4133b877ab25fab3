/** Samples over which a ridge grows by its own size: with a reference of 4500, 33.75 times at 70,000, where 35 times was measured to be good. */
const GROWTH = 2000;

/**
 * Factor on every ridge, `1 + max(0, n - reference) / 2000`: ridges hold up to `reference` samples, and have to grow with more.
 *
 * @param n - samples
 * @param reference - samples up to which the ridges hold, above 0
 * @returns 1 or more
 */
export function ridgeFactor(n: number, reference: number): number {
  return 1 + Math.max(0, n - reference) / GROWTH;
}
