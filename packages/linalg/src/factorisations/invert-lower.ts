/**
 * Inverse of the lower triangular `[n, n]` factor `l` (row-major, lower half read); the upper half of the result is zero.
 *
 * @example
 * ```ts
 * invertLower(Float64Array.of(2, 0, 1, 4), 2); // 0.5, 0, -0.125, 0.25
 * ```
 */
export function invertLower(l: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const scale = 1 / l[i * n + i]!;
    inverse[i * n + i] = scale;
    for (let p = 0; p < i; p++) {
      const factor = -l[i * n + p]! * scale;
      if (factor === 0) continue;
      for (let j = 0; j <= p; j++) inverse[i * n + j]! += factor * inverse[p * n + j]!;
    }
  }
  return inverse;
}
