/**
 * Factor on every ridge, `max(1, n / reference)`: ridges measured up to about `reference` samples have to grow with more.
 *
 * @param reference - samples up to which the ridges hold, above 0
 */
export function ridgeFactor(n: number, reference: number): number {
  return Math.max(1, n / reference);
}
