import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '../checks/check-finite.js';
import { checkSquare } from '../checks/check-square.js';
import { rotateRows } from '../rotations/rotate-rows.js';

/** A polar factor, and the sum of the singular values. */
export interface PolarFactor {
  /** U Vᵀ, orthogonal, `[n, n]`. */
  readonly factor: DenseMatrix<Float64Array>;
  /** Trace of Σ. */
  readonly nuclearNorm: number;
}

/**
 * The orthogonal matrix nearest to a small square M = U Σ Vᵀ, namely U Vᵀ, and the trace of Σ, by one-sided Jacobi rotations in 8-byte
 * numbers; works at any rank.
 *
 * @param matrix - `[n, n]`
 * @throws CrossmodalError `shape` when not square; `value` on NaN or infinite entries.
 * @example
 * ```ts
 * const { factor, nuclearNorm } = polarFactor(fromRows([[0, 2], [-3, 0]]));
 * console.log(factor.values, nuclearNorm); // 0, 1, -1, 0 and 5
 * ```
 */
export function polarFactor(matrix: DenseMatrix): PolarFactor {
  checkSquare('polarFactor', matrix);
  checkFinite('polarFactor', matrix.values);
  const n = matrix.rows;
  // Rows of `a` are the columns of M, so that rotations run along rows.
  const a = new Float64Array(n * n);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    v[i * n + i] = 1;
    for (let j = 0; j < n; j++) a[j * n + i] = matrix.values[i * n + j]!;
  }
  for (let sweep = 0; sweep < 40; sweep++) if (!jacobiSweep(a, v, n)) break;
  const norms = Float64Array.from({ length: n }, (_, c) => Math.sqrt(dotRows(a, c, c, n)));
  const order = Array.from(norms, (_, c) => c).sort((p, q) => norms[q]! - norms[p]!);
  const floor = norms[order[0]!]! * n * Number.EPSILON;
  const done: number[] = [];
  for (const c of order) {
    if (norms[c]! > floor) for (let k = 0; k < n; k++) a[c * n + k]! /= norms[c]!;
    else completeRow(a, c, done, n);
    done.push(c);
  }
  const factor = new Float64Array(n * n);
  for (let c = 0; c < n; c++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) factor[i * n + j]! += a[c * n + i]! * v[c * n + j]!;
  }
  return { factor: denseMatrix(factor, n, n), nuclearNorm: norms.reduce((sum, s) => sum + s, 0) };
}

/** Makes each pair of rows of `a` orthogonal once, and rotates `v` along; whether any pair was not. */
function jacobiSweep(a: Float64Array, v: Float64Array, n: number): boolean {
  let rotated = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      const pp = dotRows(a, p, p, n);
      const qq = dotRows(a, q, q, n);
      const pq = dotRows(a, p, q, n);
      if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq)) continue;
      rotated = true;
      const zeta = (qq - pp) / (2 * pq);
      const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const c = 1 / Math.sqrt(1 + t * t);
      rotateRows(a, n, p, q, c, -c * t);
      rotateRows(v, n, p, q, c, -c * t);
    }
  }
  return rotated;
}

function dotRows(m: Float64Array, p: number, q: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum += m[p * n + k]! * m[q * n + k]!;
  return sum;
}

/** Replaces row c by the unit vector that sticks out most from the rows done so far, made orthogonal to them. */
function completeRow(a: Float64Array, c: number, done: readonly number[], n: number): void {
  const inside = new Float64Array(n);
  for (const r of done) for (let k = 0; k < n; k++) inside[k]! += a[r * n + k]! ** 2;
  const axis = inside.indexOf(inside.reduce((x, y) => Math.min(x, y)));
  a.fill(0, c * n, c * n + n);
  a[c * n + axis] = 1;
  for (let pass = 0; pass < 2; pass++) {
    for (const r of done) {
      const share = dotRows(a, c, r, n);
      for (let k = 0; k < n; k++) a[c * n + k]! -= share * a[r * n + k]!;
    }
  }
  const norm = Math.sqrt(dotRows(a, c, c, n));
  for (let k = 0; k < n; k++) a[c * n + k]! /= norm;
}
