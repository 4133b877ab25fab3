/** Samples over which a ridge doubles once it grows: 35 times at 70,000, as measured there. */
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
