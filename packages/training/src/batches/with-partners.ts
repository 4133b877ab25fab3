/**
 * Rows followed by a partner of each: `2 m` of m, where row `m + i` is the partner of row `i`.
 *
 * @param rows - row numbers, `[m]`
 * @param partnerOf - asked once for each row, in their order; draws a partner, such as the end of a random walk over neighbours
 * @example
 * ```ts
 * withPartners(Int32Array.of(4, 2), (row) => row + 1); // 4, 2, 5, 3
 * ```
 */
export function withPartners(rows: Int32Array, partnerOf: (row: number) => number): Int32Array {
  const both = new Int32Array(2 * rows.length);
  both.set(rows);
  rows.forEach((row, i) => (both[rows.length + i] = partnerOf(row)));
  return both;
}
