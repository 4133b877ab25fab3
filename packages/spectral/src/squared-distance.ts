/** ‖a_i − b_j‖² for row i of `a` and row j of `b`, both with `d` columns. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
  const p = i * d;
  const q = j * d;
  let sum = 0;
  for (let k = 0; k < d; k++) {
    const difference = a[p + k]! - b[q + k]!;
    sum += difference * difference;
  }
  return sum;
}
