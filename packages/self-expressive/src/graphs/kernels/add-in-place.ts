/** Adds values to a running sum, or starts one with a copy. */
export function addInPlace(sum: Float32Array | undefined, values: Float32Array): Float32Array {
  if (sum === undefined) return values.slice();
  for (let p = 0; p < sum.length; p++) sum[p]! += values[p]!;
  return sum;
}
