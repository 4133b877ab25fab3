import type { DenseMatrix } from '@crossmodal/core';

/** Rows that a strip holds. */
export const STRIP = 4;

/** A size rounded up to whole strips. */
export function paddedSize(n: number): number {
  return Math.ceil(n / STRIP) * STRIP;
}

/** Numbers in the strips of an n × n symmetric matrix. */
export function stripsLength(n: number): number {
  const blocks = paddedSize(n) / STRIP;
  return (STRIP * STRIP * blocks * (blocks + 1)) / 2;
}

/**
 * Packs diag(s) (M + Mᵀ)/2 diag(s) for products that read each number once and use it twice. Strip t holds rows 4t..4t+3 from
 * column 4t to the last, column by column, four numbers each, padded with zeros: one stream without jumps.
 */
export function packStrips(matrix: DenseMatrix, scale: Float64Array | undefined, target: Float64Array): void {
  const { rows: n, values } = matrix;
  const size = paddedSize(n);
  const factor = new Float64Array(size);
  for (let i = 0; i < n; i++) factor[i] = scale === undefined ? 1 : scale[i]!;
  let p = 0;
  for (let top = 0; top < size; top += STRIP) {
    if (top + STRIP > n) {
      packRagged(values, n, size, factor, top, target, p);
      return;
    }
    const r0 = top * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const r3 = r2 + n;
    const s0 = factor[top]! / 2;
    const s1 = factor[top + 1]! / 2;
    const s2 = factor[top + 2]! / 2;
    const s3 = factor[top + 3]! / 2;
    for (let j = top; j < n; j++, p += STRIP) {
      const column = j * n + top;
      const sj = factor[j]!;
      target[p] = (values[r0 + j]! + values[column]!) * s0 * sj;
      target[p + 1] = (values[r1 + j]! + values[column + 1]!) * s1 * sj;
      target[p + 2] = (values[r2 + j]! + values[column + 2]!) * s2 * sj;
      target[p + 3] = (values[r3 + j]! + values[column + 3]!) * s3 * sj;
    }
    target.fill(0, p, (p += STRIP * (size - n)));
  }
}

/** The last strip, when n is not a multiple of its height. */
function packRagged(
  values: ArrayLike<number>,
  n: number,
  size: number,
  factor: Float64Array,
  top: number,
  target: Float64Array,
  start: number,
): void {
  let p = start;
  for (let j = top; j < size; j++) {
    for (let i = top; i < size; i++) {
      target[p++] =
        i < n && j < n ? ((values[i * n + j]! + values[j * n + i]!) / 2) * factor[i]! * factor[j]! : 0;
    }
  }
}

/** y = A x for packed strips, x and y of `paddedSize(n)` numbers. */
export function multiplyStrips(a: Float64Array, x: Float64Array, y: Float64Array): void {
  const size = x.length;
  y.fill(0);
  let p = 0;
  for (let top = 0; top < size; top += STRIP) {
    const x0 = x[top]!;
    const x1 = x[top + 1]!;
    const x2 = x[top + 2]!;
    const x3 = x[top + 3]!;
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    // The block on the diagonal is stored whole, so it only counts for the rows.
    for (let j = top; j < top + STRIP; j++, p += STRIP) {
      const xj = x[j]!;
      y0 += a[p]! * xj;
      y1 += a[p + 1]! * xj;
      y2 += a[p + 2]! * xj;
      y3 += a[p + 3]! * xj;
    }
    for (let j = top + STRIP; j < size; j++, p += STRIP) {
      const xj = x[j]!;
      const a0 = a[p]!;
      const a1 = a[p + 1]!;
      const a2 = a[p + 2]!;
      const a3 = a[p + 3]!;
      y0 += a0 * xj;
      y1 += a1 * xj;
      y2 += a2 * xj;
      y3 += a3 * xj;
      y[j]! += a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
    }
    y[top]! += y0;
    y[top + 1]! += y1;
    y[top + 2]! += y2;
    y[top + 3]! += y3;
  }
}
