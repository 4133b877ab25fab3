/** Rows of a row-major `[n, d]` array in ascending lexicographic order; equal rows are interchangeable. */
export function lexicographicOrder(values: ArrayLike<number>, n: number, d: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => compareRows(values, a, b, d) || a - b);
}

/** Negative, zero or positive as row `a` comes before, with or after row `b`. */
export function compareRows(values: ArrayLike<number>, a: number, b: number, d: number): number {
  for (let j = 0; j < d; j++) {
    const difference = values[a * d + j]! - values[b * d + j]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
