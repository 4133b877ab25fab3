/**
 * Squared distance of two rows, ‖a_i − b_j‖², for row i of `a` and row j of `b`, both row-major with `d` columns. Nothing is checked: it is the
 * inner loop of k-means.
 *
 * @example
 * ```ts
 * squaredDistance(Float64Array.of(0, 0, 3, 4), 1, Float64Array.of(0, 0), 0, 2); // 25
 * ```
 */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
  let p = i * d;
  let q = j * d;
  // Four sums, so that an addition does not wait for the one before it.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = p + d;
  for (; p + 3 < end; p += 4, q += 4) {
    const e0 = a[p]! - b[q]!;
    const e1 = a[p + 1]! - b[q + 1]!;
    const e2 = a[p + 2]! - b[q + 2]!;
    const e3 = a[p + 3]! - b[q + 3]!;
    s0 += e0 * e0;
    s1 += e1 * e1;
    s2 += e2 * e2;
    s3 += e3 * e3;
  }
  for (; p < end; p++, q++) {
    const e = a[p]! - b[q]!;
    s0 += e * e;
  }
  return s0 + s1 + (s2 + s3);
}
