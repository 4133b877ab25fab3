/**
 * An entry of diag(s) M diag(s), `s_i m s_j`, also where `s_i s_j` is beyond the largest number, as the product of two inverse roots of numbers
 * near the smallest is.
 *
 * @example
 * ```ts
 * scaleWeight(6, 0.5, 2); // 6
 * scaleWeight(1e-300, 1e200, 1e200); // 1e100
 * ```
 */
export function scaleWeight(weight: number, scaleI: number, scaleJ: number): number {
  const factor = scaleI * scaleJ;
  return factor === Infinity ? weight * scaleI * scaleJ : weight * factor;
}
