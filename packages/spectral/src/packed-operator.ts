import type { DenseMatrix } from '@crossmodal/core';
import type { SymmetricOperator } from './symmetric-operator.js';

/** Tile edge of the packing pass: two tiles of 8-byte numbers fit a first-level cache. */
const TILE = 32;

/**
 * The operator of diag(s) (M + Mᵀ)/2 diag(s) for a dense M, stored as its upper triangle in 8-byte numbers.
 * Products read each stored number once and use it twice, since they are bound by memory.
 */
export function packedOperator(matrix: DenseMatrix, scale?: Float64Array): SymmetricOperator {
  const n = matrix.rows;
  const packed = packUpper(matrix, scale);
  return {
    size: n,
    multiply(input, output, count) {
      output.fill(0, 0, count * n);
      let c = 0;
      for (; c + 1 < count; c += 2) {
        multiplyTwo(
          packed,
          n,
          input.subarray(c * n, c * n + n),
          input.subarray(c * n + n, c * n + 2 * n),
          output.subarray(c * n, c * n + n),
          output.subarray(c * n + n, c * n + 2 * n),
        );
      }
      if (c < count)
        multiplyOne(packed, n, input.subarray(c * n, c * n + n), output.subarray(c * n, c * n + n));
    },
  };
}

/** Entry (i, j ≥ i) is at `i · n − i(i+1)/2 + j`. */
function packUpper(matrix: DenseMatrix, scale: Float64Array | undefined): Float64Array {
  const n = matrix.rows;
  const { values } = matrix;
  const packed = new Float64Array((n * (n + 1)) / 2);
  for (let top = 0; top < n; top += TILE) {
    for (let left = top; left < n; left += TILE) {
      for (let i = top; i < Math.min(n, top + TILE); i++) {
        const offset = i * n - (i * (i + 1)) / 2;
        const si = scale === undefined ? 0.5 : scale[i]! / 2;
        for (let j = Math.max(i, left); j < Math.min(n, left + TILE); j++) {
          const both = values[i * n + j]! + values[j * n + i]!;
          packed[offset + j] = both * si * (scale === undefined ? 1 : scale[j]!);
        }
      }
    }
  }
  return packed;
}

function multiplyOne(a: Float64Array, n: number, x: Float64Array, y: Float64Array): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const p = i * n - (i * (i + 1)) / 2;
    const q = p + n - i - 1;
    const r = q + n - i - 2;
    const s = r + n - i - 3;
    const x0 = x[i]!;
    const x1 = x[i + 1]!;
    const x2 = x[i + 2]!;
    const x3 = x[i + 3]!;
    // The 4 × 4 corner on the diagonal.
    let y0 = a[p + i]! * x0 + a[p + i + 1]! * x1 + a[p + i + 2]! * x2 + a[p + i + 3]! * x3;
    let y1 = a[p + i + 1]! * x0 + a[q + i + 1]! * x1 + a[q + i + 2]! * x2 + a[q + i + 3]! * x3;
    let y2 = a[p + i + 2]! * x0 + a[q + i + 2]! * x1 + a[r + i + 2]! * x2 + a[r + i + 3]! * x3;
    let y3 = a[p + i + 3]! * x0 + a[q + i + 3]! * x1 + a[r + i + 3]! * x2 + a[s + i + 3]! * x3;
    for (let j = i + 4; j < n; j++) {
      const xj = x[j]!;
      const a0 = a[p + j]!;
      const a1 = a[q + j]!;
      const a2 = a[r + j]!;
      const a3 = a[s + j]!;
      y0 += a0 * xj;
      y1 += a1 * xj;
      y2 += a2 * xj;
      y3 += a3 * xj;
      y[j]! += a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
    }
    y[i]! += y0;
    y[i + 1]! += y1;
    y[i + 2]! += y2;
    y[i + 3]! += y3;
  }
  for (; i < n; i++) {
    const p = i * n - (i * (i + 1)) / 2;
    const x0 = x[i]!;
    let y0 = a[p + i]! * x0;
    for (let j = i + 1; j < n; j++) {
      y0 += a[p + j]! * x[j]!;
      y[j]! += a[p + j]! * x0;
    }
    y[i]! += y0;
  }
}

function multiplyTwo(
  a: Float64Array,
  n: number,
  x: Float64Array,
  z: Float64Array,
  y: Float64Array,
  w: Float64Array,
): void {
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const p = i * n - (i * (i + 1)) / 2;
    const q = p + n - i - 1;
    const x0 = x[i]!;
    const x1 = x[i + 1]!;
    const z0 = z[i]!;
    const z1 = z[i + 1]!;
    let y0 = a[p + i]! * x0 + a[p + i + 1]! * x1;
    let y1 = a[p + i + 1]! * x0 + a[q + i + 1]! * x1;
    let w0 = a[p + i]! * z0 + a[p + i + 1]! * z1;
    let w1 = a[p + i + 1]! * z0 + a[q + i + 1]! * z1;
    for (let j = i + 2; j < n; j++) {
      const a0 = a[p + j]!;
      const a1 = a[q + j]!;
      const xj = x[j]!;
      const zj = z[j]!;
      y0 += a0 * xj;
      y1 += a1 * xj;
      w0 += a0 * zj;
      w1 += a1 * zj;
      y[j]! += a0 * x0 + a1 * x1;
      w[j]! += a0 * z0 + a1 * z1;
    }
    y[i]! += y0;
    y[i + 1]! += y1;
    w[i]! += w0;
    w[i + 1]! += w1;
  }
  if (i < n) {
    const last = a[a.length - 1]!;
    y[i]! += last * x[i]!;
    w[i]! += last * z[i]!;
  }
}
