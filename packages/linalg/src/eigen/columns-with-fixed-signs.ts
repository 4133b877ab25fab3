/**
 * Turns eigenvectors given as rows (`[count, n]`) into columns (`[n, count]`), each with the sign that makes its
 * entry of largest magnitude positive (of equal ones, the first).
 *
 * @example
 * ```ts
 * columnsWithFixedSigns(Float64Array.of(-0.8, 0.6, 0.6, 0.8), 2, 2); // 0.8, 0.6, -0.6, 0.8
 * ```
 */
export function columnsWithFixedSigns(rows: Float64Array, count: number, n: number): Float64Array {
  const columns = new Float64Array(n * count);
  for (let c = 0; c < count; c++) {
    const base = c * n;
    let peak = 0;
    // A later entry wins only by more than rounding, so that equal magnitudes do not make the sign a coin toss.
    for (let i = 0; i < n; i++)
      if (Math.abs(rows[base + i]!) > Math.abs(peak) * (1 + 1e-9)) peak = rows[base + i]!;
    const sign = peak < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) columns[i * count + c] = sign * rows[base + i]!;
  }
  return columns;
}
