import { hypotenuse } from '../../rotations/hypotenuse.js';
import type { SvdWork } from './svd-work.js';

/**
 * Householder reflections from both sides, by which a matrix becomes upper bidiagonal, `A = U B Vᵀ`.
 *
 * @param columns - columns of the matrix as rows, `[n, m]` with `m >= n`; overwritten
 */
export function bidiagonalise(columns: Float64Array, m: number, n: number): SvdWork {
  const work: SvdWork = {
    m,
    n,
    s: new Float64Array(n),
    e: new Float64Array(n),
    u: new Float64Array(n * m),
    v: new Float64Array(n * n),
  };
  const { s, e, u, v } = work;
  const reflected = Math.min(m - 1, n);
  const row = new Float64Array(m);
  for (let k = 0; k < reflected; k++) {
    reflectColumn(columns, k, work);
    u.set(columns.subarray(k * m + k, (k + 1) * m), k * m + k);
    if (k >= n - 2) continue;
    reflectRow(columns, k, work, row);
    v.set(e.subarray(k + 1), k * n + k + 1);
  }
  if (reflected < n) s[reflected] = columns[reflected * m + reflected]!;
  if (n > 1) e[n - 2] = columns[(n - 1) * m + n - 2]!;
  e[n - 1] = 0;
  formLeft(work, reflected);
  formRight(work);
  return work;
}

/** Zeros below the diagonal in column k: its reflection, of which column k keeps the vector, is applied to those behind it. */
function reflectColumn(columns: Float64Array, k: number, { m, n, s, e }: SvdWork): void {
  const own = columns.subarray(k * m, (k + 1) * m);
  let norm = 0;
  for (let i = k; i < m; i++) norm = hypotenuse(norm, own[i]!);
  if (norm !== 0) {
    // The sign that makes the vector longer, so that nothing cancels.
    if (own[k]! < 0) norm = -norm;
    for (let i = k; i < m; i++) own[i]! /= norm;
    own[k]! += 1;
  }
  s[k] = -norm;
  for (let j = k + 1; j < n; j++) {
    const other = columns.subarray(j * m, (j + 1) * m);
    if (norm !== 0) reflect(own, other, k, own[k]!);
    e[j] = other[k]!;
  }
}

/** Zeros behind the first superdiagonal in row k, which `e` holds from k + 1 on and whose vector it keeps. */
function reflectRow(columns: Float64Array, k: number, { m, n, e }: SvdWork, row: Float64Array): void {
  let norm = 0;
  for (let j = k + 1; j < n; j++) norm = hypotenuse(norm, e[j]!);
  if (norm !== 0) {
    if (e[k + 1]! < 0) norm = -norm;
    for (let j = k + 1; j < n; j++) e[j]! /= norm;
    e[k + 1]! += 1;
  }
  e[k] = -norm;
  if (norm === 0) return;
  row.fill(0, k + 1);
  for (let j = k + 1; j < n; j++) {
    for (let i = k + 1, p = j * m + k + 1; i < m; i++, p++) row[i]! += e[j]! * columns[p]!;
  }
  for (let j = k + 1; j < n; j++) {
    const factor = -e[j]! / e[k + 1]!;
    for (let i = k + 1, p = j * m + k + 1; i < m; i++, p++) columns[p]! += factor * row[i]!;
  }
}

/** Applies the reflection of `vector`, from entry `first` on, to `target`; `head` is its first entry. */
function reflect(vector: Float64Array, target: Float64Array, first: number, head: number): void {
  let product = 0;
  for (let i = first; i < vector.length; i++) product += vector[i]! * target[i]!;
  const factor = -product / head;
  for (let i = first; i < vector.length; i++) target[i]! += factor * vector[i]!;
}

function formLeft({ m, n, s, u }: SvdWork, reflected: number): void {
  for (let k = n - 1; k >= 0; k--) {
    const own = u.subarray(k * m, (k + 1) * m);
    if (k >= reflected || s[k] === 0) {
      own.fill(0);
      own[k] = 1;
      continue;
    }
    for (let j = k + 1; j < n; j++) reflect(own, u.subarray(j * m, (j + 1) * m), k, own[k]!);
    for (let i = k; i < m; i++) own[i] = -own[i]!;
    own[k]! += 1;
  }
}

function formRight({ n, e, v }: SvdWork): void {
  for (let k = n - 1; k >= 0; k--) {
    const own = v.subarray(k * n, (k + 1) * n);
    if (k < n - 2 && e[k] !== 0) {
      for (let j = k + 1; j < n; j++) reflect(own, v.subarray(j * n, (j + 1) * n), k + 1, own[k + 1]!);
    }
    own.fill(0);
    own[k] = 1;
  }
}
