/**
 * Every pair of V modalities, `[0, 1]`, `[0, 2]`, ..., `[1, 2]`, ...: `V (V - 1) / 2` of them.
 *
 * @example
 * ```ts
 * modalityPairs(3); // [0, 1], [0, 2], [1, 2]
 * ```
 */
export function modalityPairs(modalities: number): readonly (readonly [number, number])[] {
  return Array.from({ length: modalities }, (_, v) =>
    Array.from({ length: modalities - v - 1 }, (__, u) => [v, v + 1 + u] as const),
  ).flat();
}
