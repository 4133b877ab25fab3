/** A symmetric matrix in tridiagonal form T with M = Qᵀ T Q. */
export interface Tridiagonal {
  /** Diagonal of T, `[n]`. */
  readonly diagonal: Float64Array;
  /** Entry i couples i and i + 1; the last one is 0, `[n]`. */
  readonly offDiagonal: Float64Array;
  /** Q, row-major `[n, n]`, orthogonal. */
  readonly rotation: Float64Array;
}

/**
 * Householder reduction of a symmetric matrix (row-major, lower triangle read, overwritten) to tridiagonal form.
 * Step k zeroes column k below the sub-diagonal with H = I − τ v vᵀ; all loops run along rows of the full symmetric work matrix.
 */
export function tridiagonalise(work: Float64Array, n: number): Tridiagonal {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) work[j * n + i] = work[i * n + j]!;
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const reflectors: { v: Float64Array; tau: number }[] = [];
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    const row = work.subarray(k * n, k * n + n);
    diagonal[k] = row[k]!;
    const v = row.slice();
    v.fill(0, 0, k + 1);
    let largest = 0;
    for (let j = k + 2; j < n; j++) largest = Math.max(largest, Math.abs(v[j]!));
    if (largest === 0) {
      offDiagonal[k] = row[k + 1]!;
      reflectors.push({ v, tau: 0 });
      continue;
    }
    // Scaled, so that squares neither overflow nor vanish.
    largest = Math.max(largest, Math.abs(v[k + 1]!));
    let squares = 0;
    for (let j = k + 1; j < n; j++) {
      v[j]! /= largest;
      squares += v[j]! * v[j]!;
    }
    const head = v[k + 1]!;
    // The sign that adds magnitudes avoids cancellation.
    const alpha = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    v[k + 1] = head - alpha;
    const tau = 2 / (squares - 2 * head * alpha + alpha * alpha);
    offDiagonal[k] = alpha * largest;
    reflectors.push({ v, tau });
    let vp = 0;
    for (let i = k + 1; i < n; i++) {
      const base = i * n;
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += work[base + j]! * v[j]!;
      p[i] = tau * sum;
      vp += v[i]! * p[i]!;
    }
    const half = (tau * vp) / 2;
    for (let i = k + 1; i < n; i++) p[i]! -= half * v[i]!;
    for (let i = k + 1; i < n; i++) {
      const base = i * n;
      const vi = v[i]!;
      const pi = p[i]!;
      for (let j = k + 1; j < n; j++) work[base + j]! -= vi * p[j]! + pi * v[j]!;
    }
  }
  diagonal[n - 1] = work[n * n - 1]!;
  return { diagonal, offDiagonal, rotation: accumulate(reflectors, n) };
}

/** Q with rows q_i, Q = H_{n-2} … H_0 applied to the identity, built from the last reflector back so that blocks stay small. */
function accumulate(reflectors: readonly { v: Float64Array; tau: number }[], n: number): Float64Array {
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  for (let k = reflectors.length - 1; k >= 0; k--) {
    const { v, tau } = reflectors[k]!;
    if (tau === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const base = i * n;
      let sum = 0;
      for (let j = k + 1; j < n; j++) sum += q[base + j]! * v[j]!;
      sum *= tau;
      for (let j = k + 1; j < n; j++) q[base + j]! -= sum * v[j]!;
    }
  }
  return q;
}
