/** Rotates rows a and b of row-major values in their plane: `x_a <- c x_a + s x_b`, `x_b <- c x_b - s x_a`. */
export function rotateRows(
  rows: Float64Array,
  length: number,
  a: number,
  b: number,
  cosine: number,
  sine: number,
): void {
  for (let p = a * length, q = b * length, end = p + length; p < end; p++, q++) {
    const x = rows[p]!;
    const y = rows[q]!;
    rows[p] = cosine * x + sine * y;
    rows[q] = -sine * x + cosine * y;
  }
}
