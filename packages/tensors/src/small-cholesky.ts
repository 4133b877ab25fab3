/** The first pivot of a Cholesky factorisation that is not positive. */
export interface BadPivot {
  readonly index: number;
  readonly value: number;
}

/**
 * Lower Cholesky factor `L` of the symmetric `[n, n]` block `a` (row-major, lower half read), written over it in
 * float64, or the pivot at which it fails. The upper half keeps its values.
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

/** Inverse of the lower triangular `[n, n]` factor `l` (row-major); the upper half of the result is zero. */
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
