import type { RandomSource } from '@crossmodal/core';

/** Orthonormal rows `[count, d]` that span a random subspace, `count <= d`. */
export function randomBasis(count: number, d: number, random: RandomSource): Float64Array {
  const basis = Float64Array.from({ length: count * d }, () => random.normal());
  for (let k = 0; k < count; k++) {
    const row = basis.subarray(k * d, (k + 1) * d);
    // Twice: one pass of Gram-Schmidt loses orthogonality to rounding when count is close to d.
    for (let pass = 0; pass < 2; pass++) {
      for (let m = 0; m < k; m++) {
        const other = basis.subarray(m * d, (m + 1) * d);
        const part = dot(row, other);
        for (let j = 0; j < d; j++) row[j] = row[j]! - part * other[j]!;
      }
      const length = Math.sqrt(dot(row, row));
      for (let j = 0; j < d; j++) row[j] = row[j]! / length;
    }
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
