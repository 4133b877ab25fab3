/** The first pivot of a Cholesky factorisation that is not positive. */
export interface BadPivot {
  readonly index: number;
  readonly value: number;
}

/**
 * Lower Cholesky factor `L` of the symmetric `[n, n]` block `a` (row-major, lower half read), written over it in
 * float64, or the pivot at which it fails. The upper half keeps its values.
 *
 * @returns nothing when `a` is positive definite, else the first pivot that is not positive
 * @example
 * ```ts
 * const a = Float64Array.of(4, 2, 2, 2);
 * choleskyInPlace(a, 2); // undefined; a is now 2, 2, 1, 1, of which the lower half is L
 * ```
 */
export function choleskyInPlace(a: Float64Array, n: number): BadPivot | undefined {
  for (let j = 0; j < n; j++) {
    const rowJ = j * n;
    let pivot = a[rowJ + j]!;
    for (let p = 0; p < j; p++) pivot -= a[rowJ + p]! * a[rowJ + p]!;
    // The negated comparison also catches NaN.
    if (!(pivot > 0)) return { index: j, value: pivot };
    const root = Math.sqrt(pivot);
    a[rowJ + j] = root;
    for (let i = j + 1; i < n; i++) {
      const rowI = i * n;
      let sum = a[rowI + j]!;
      for (let p = 0; p < j; p++) sum -= a[rowI + p]! * a[rowJ + p]!;
      a[rowI + j] = sum / root;
    }
  }
  return undefined;
}
