import { hypotenuse } from '../../rotations/hypotenuse.js';
import { rotateRows } from '../../rotations/rotate-rows.js';
import type { SvdWork } from './svd-work.js';

/** Sweeps allowed for each singular value; two or three are usual. */
const MOST_SWEEPS = 100;

/**
 * Implicit QR on a bidiagonal matrix: afterwards `s` are the singular values, descending, and rows of `u` and `v` belong to them.
 *
 * @returns whether every value converged
 * @see Golub and Van Loan, Matrix Computations, section 8.6
 */
export function diagonalise(work: SvdWork): boolean {
  const { s, e, n } = work;
  let sweeps = 0;
  for (let p = n; p > 0;) {
    const first = firstCoupled(work, p);
    if (first === p - 1) {
      settle(work, first);
      sweeps = 0;
      p--;
      continue;
    }
    const zero = lastZero(work, first, p);
    if (zero === p - 1) chaseUp(work, first, p);
    else if (zero >= first) chaseDown(work, zero, p);
    else if (sweeps++ === MOST_SWEEPS) return false;
    else sweep(work, first, p, startOf(s, e, first, p));
  }
  return true;
}

/** Start of the last block without a negligible coupling; the coupling before it becomes 0. */
function firstCoupled({ s, e }: SvdWork, p: number): number {
  for (let k = p - 2; k >= 0; k--) {
    // The sum is signed: where it cancels, the limit is only stricter.
    const limit = Number.MIN_VALUE + Number.EPSILON * Math.abs(s[k]! + Math.abs(s[k + 1]!));
    if (Math.abs(e[k]!) <= limit || Number.isNaN(e[k]!)) {
      e[k] = 0;
      return k + 1;
    }
  }
  return 0;
}

/** The last negligible value of the block `first..p-1`, which becomes 0; −1 when there is none. */
function lastZero({ s, e }: SvdWork, first: number, p: number): number {
  for (let k = p - 1; k >= first; k--) {
    const around = Math.abs(e[k]!) + (k > first ? Math.abs(e[k - 1]!) : 0);
    if (Math.abs(s[k]!) <= Number.EPSILON * around) {
      s[k] = 0;
      return k;
    }
  }
  return -1;
}

/** The last value of a block is 0: rotates its coupling away, upwards. */
function chaseUp({ s, e, v, n }: SvdWork, first: number, p: number): void {
  let f = e[p - 2]!;
  e[p - 2] = 0;
  for (let j = p - 2; j >= first; j--) {
    const r = hypotenuse(s[j]!, f);
    const cosine = s[j]! / r;
    const sine = f / r;
    s[j] = r;
    if (j > first) {
      f = -sine * e[j - 1]!;
      e[j - 1] = cosine * e[j - 1]!;
    }
    rotateRows(v, n, j, p - 1, cosine, sine);
  }
}

/** A value inside a block is 0: rotates its coupling away, downwards, so that the block falls apart there. */
function chaseDown({ s, e, u, m }: SvdWork, zero: number, p: number): void {
  let f = e[zero]!;
  e[zero] = 0;
  for (let j = zero + 1; j < p; j++) {
    const r = hypotenuse(s[j]!, f);
    const cosine = s[j]! / r;
    const sine = f / r;
    s[j] = r;
    f = -sine * e[j]!;
    e[j] = cosine * e[j]!;
    rotateRows(u, m, j, zero, cosine, sine);
  }
}

/** The first rotation of a sweep, from Wilkinson's shift. */
function startOf(
  s: Float64Array,
  e: Float64Array,
  first: number,
  p: number,
): readonly [f: number, g: number] {
  const scale = Math.max(
    Math.abs(s[p - 1]!),
    Math.abs(s[p - 2]!),
    Math.abs(e[p - 2]!),
    Math.abs(s[first]!),
    Math.abs(e[first]!),
  );
  const last = s[p - 1]! / scale;
  const before = s[p - 2]! / scale;
  const coupling = e[p - 2]! / scale;
  const top = s[first]! / scale;
  const b = ((before + last) * (before - last) + coupling * coupling) / 2;
  const c = last * coupling * (last * coupling);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    const root = Math.sqrt(b * b + c);
    shift = c / (b + (b < 0 ? -root : root));
  }
  return [(top + last) * (top - last) + shift, top * (e[first]! / scale)];
}

function sweep(
  { s, e, u, v, m, n }: SvdWork,
  first: number,
  p: number,
  start: readonly [number, number],
): void {
  let [f, g] = start;
  for (let j = first; j < p - 1; j++) {
    // Of no length there is no direction; the smallest number keeps 0 / 0 away.
    let r = hypotenuse(f, g) || Number.MIN_VALUE;
    let cosine = f / r;
    let sine = g / r;
    if (j > first) e[j - 1] = r;
    f = cosine * s[j]! + sine * e[j]!;
    e[j] = cosine * e[j]! - sine * s[j]!;
    g = sine * s[j + 1]!;
    s[j + 1] = cosine * s[j + 1]!;
    rotateRows(v, n, j, j + 1, cosine, sine);
    r = hypotenuse(f, g) || Number.MIN_VALUE;
    cosine = f / r;
    sine = g / r;
    s[j] = r;
    f = cosine * e[j]! + sine * s[j + 1]!;
    s[j + 1] = -sine * e[j]! + cosine * s[j + 1]!;
    g = sine * e[j + 1]!;
    e[j + 1] = cosine * e[j + 1]!;
    rotateRows(u, m, j, j + 1, cosine, sine);
  }
  e[p - 2] = f;
}

/** A value has converged: it becomes positive and moves to its place among those found before. */
function settle({ s, u, v, m, n }: SvdWork, from: number): void {
  if (s[from]! <= 0) {
    s[from] = s[from]! < 0 ? -s[from]! : 0;
    for (let i = from * n; i < (from + 1) * n; i++) v[i] = -v[i]!;
  }
  for (let k = from; k < n - 1 && s[k]! < s[k + 1]!; k++) {
    [s[k], s[k + 1]] = [s[k + 1]!, s[k]!];
    swapRows(v, n, k);
    swapRows(u, m, k);
  }
}

function swapRows(rows: Float64Array, length: number, k: number): void {
  const row = rows.slice(k * length, (k + 1) * length);
  rows.copyWithin(k * length, (k + 1) * length, (k + 2) * length);
  rows.set(row, (k + 1) * length);
}
