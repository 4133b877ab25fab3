import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkSquare, choleskyInPlace, invertLower } from '@crossmodal/linalg';
import { backendProduct } from './backend-product.js';
import { tf } from '../tf.js';

/** Below this side a block is inverted in float64 on the host; larger ones are split in two. */
const BASE_SIDE = 64;

/**
 * Inverse of a symmetric positive definite matrix, `K^-1`.
 *
 * Recursive by Schur complements: with `K = [A B; B^T C]`, `W = A^-1 B` and `T = C - B^T W`,
 * `K^-1 = [A^-1 + W T^-1 W^T, -W T^-1; ., T^-1]`. Blocks of side 64 are inverted by Cholesky factorisation in
 * float64; everything else is products on the active backend, `4/3 n^3` operations in all. The result is exactly
 * symmetric. The relative error grows like float32's 6e-8 times the condition number.
 *
 * @param k - shape `[n, n]`, symmetric, positive definite
 * @returns shape `[n, n]`
 * @throws CrossmodalError `shape` when `k` is not square; `value`, with the pivot, when it is not positive definite.
 * @example
 * ```ts
 * const inverse = choleskyInverse(tf.tensor2d([[2, 0], [0, 4]])); // [[0.5, 0], [0, 0.25]]
 * ```
 */
export function choleskyInverse(k: tf.Tensor2D): tf.Tensor2D {
  const [n, columns] = k.shape;
  checkSquare('choleskyInverse', { rows: n, columns });
  const inverse = invert(k.dataSync() as Float32Array, n, 0, n);
  return tf.tensor2d(inverse, [n, n], 'float32');
}

/** Inverts the block of side `side` that starts at `[start, start]` of `values`, whose rows are `stride` long. */
function invert(
  values: Float32Array,
  stride: number,
  start: number,
  side: number,
  offset = start,
): Float32Array {
  if (side <= BASE_SIDE) return invertBase(values, stride, start, side, offset);
  // Whole base blocks on the left, so that the recursion ends on few, full ones.
  const left = Math.max(1, Math.floor(side / 2 / BASE_SIDE)) * BASE_SIDE;
  const right = side - left;
  const a = denseMatrix(invert(values, stride, start, left, offset), left, left);
  const b = slice(values, stride, start, start + left, left, right);
  const w = backendProduct(a, b);
  // The block below the diagonal is B^T already: slicing it is cheaper than a transposed product.
  const schur = backendProduct(slice(values, stride, start + left, start, right, left), w).values;
  const complement = new Float32Array(right * right);
  for (let i = 0; i < right; i++) {
    const source = (start + left + i) * stride + start + left;
    for (let j = 0; j < right; j++) complement[i * right + j] = values[source + j]! - schur[i * right + j]!;
  }
  const t = denseMatrix(invert(complement, right, 0, right, offset + left), right, right);
  const wt = backendProduct(w, t);
  const correction = backendProduct(wt, w, { transposeB: true }).values;
  return assemble(side, left, a.values, correction, wt.values, t.values);
}

function assemble(
  side: number,
  left: number,
  a: Float32Array,
  correction: Float32Array,
  wt: Float32Array,
  t: Float32Array,
): Float32Array {
  const right = side - left;
  const inverse = new Float32Array(side * side);
  for (let i = 0; i < left; i++) {
    const row = inverse.subarray(i * side, (i + 1) * side);
    for (let j = i; j < left; j++) row[j] = a[i * left + j]! + correction[i * left + j]!;
    for (let j = 0; j < right; j++) row[left + j] = -wt[i * right + j]!;
  }
  for (let i = 0; i < right; i++) {
    inverse.set(t.subarray(i * right, (i + 1) * right), (left + i) * side + left);
  }
  mirrorUpper(inverse, side);
  return inverse;
}

/** Copies the upper half over the lower one, tile by tile, since columns of a large matrix miss the cache. */
function mirrorUpper(values: Float32Array, side: number): void {
  const tile = 32;
  for (let top = 0; top < side; top += tile) {
    const bottom = Math.min(top + tile, side);
    for (let leftEdge = 0; leftEdge <= top; leftEdge += tile) {
      for (let i = top; i < bottom; i++) {
        const end = Math.min(leftEdge + tile, i);
        for (let j = leftEdge; j < end; j++) values[i * side + j] = values[j * side + i]!;
      }
    }
  }
}

function slice(
  values: Float32Array,
  stride: number,
  row: number,
  column: number,
  rows: number,
  columns: number,
): DenseMatrix<Float32Array> {
  const block = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const source = (row + i) * stride + column;
    block.set(values.subarray(source, source + columns), i * columns);
  }
  return denseMatrix(block, rows, columns);
}

function invertBase(
  values: Float32Array,
  stride: number,
  start: number,
  side: number,
  offset: number,
): Float32Array {
  const block = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j <= i; j++) block[i * side + j] = values[(start + j) * stride + start + i]!;
  }
  const bad = choleskyInPlace(block, side);
  if (bad) {
    throw new CrossmodalError({
      code: 'value',
      where: 'choleskyInverse',
      expected: 'a positive definite matrix',
      received: `pivot ${bad.value} at row ${offset + bad.index}`,
      advice: 'Add a larger ridge to the diagonal, and check the values for NaN.',
    });
  }
  const inverseFactor = invertLower(block, side);
  const inverse = new Float32Array(side * side);
  // K^-1 = L^-T L^-1, whose entry (i, j) sums over rows p >= max(i, j).
  const row = new Float64Array(side);
  for (let i = 0; i < side; i++) {
    row.fill(0);
    for (let p = i; p < side; p++) {
      const factor = inverseFactor[p * side + i]!;
      if (factor === 0) continue;
      for (let j = i; j <= p; j++) row[j]! += factor * inverseFactor[p * side + j]!;
    }
    for (let j = i; j < side; j++) {
      inverse[i * side + j] = row[j]!;
      inverse[j * side + i] = row[j]!;
    }
  }
  return inverse;
}
