/**
 * Evenly spaced places among n, ascending: `floor(i n / m)`, `i = 0..m-1`, with `m = min(n, most)`; all of them when there are no more than `most`.
 *
 * @param n - 0 or more
 * @param most - 1 or more
 * @returns length `min(n, most)`
 * @example
 * ```ts
 * evenlySpaced(10, 4); // Int32Array [0, 2, 5, 7]
 * ```
 */
export function evenlySpaced(n: number, most: number): Int32Array {
  const count = Math.min(n, most);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * n) / count));
}
