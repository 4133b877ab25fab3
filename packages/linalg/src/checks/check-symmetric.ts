import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { transposeCsr } from '../sparse/transpose-csr.js';
import { checkFinite } from './check-finite.js';
import { checkSquare } from './check-square.js';

/** Two mirrored entries may differ by this part of the largest entry: what single precision and another order of summation leave. */
const SYMMETRY_TOLERANCE = 1e-5;
const TILE = 32;

/**
 * Refuses a matrix that is not square, finite and symmetric up to rounding: mirrored entries may differ by 1e-5 of the largest.
 *
 * @param where - the function that the error names
 * @returns the smallest stored entry
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite or its mirror image differs.
 * @example
 * ```ts
 * checkSymmetric('myMethod', fromRows([[2, 1], [1, 3]])); // 1, the smallest entry
 * ```
 */
export function checkSymmetric(where: string, matrix: Matrix): number {
  checkSquare(where, matrix);
  const { values } = matrix;
  let smallest = Infinity;
  let largest = -Infinity;
  let poison = 0;
  for (let p = 0; p < values.length; p++) {
    const value = values[p]!;
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
    // 0 for finite numbers alone; one pass, since passes over n² numbers are a good part of the time.
    poison += value - value;
  }
  if (poison !== 0) checkFinite(where, values);
  const difference = largestAsymmetry(matrix);
  if (difference > SYMMETRY_TOLERANCE * Math.max(Math.abs(smallest), Math.abs(largest))) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: 'a symmetric matrix',
      received: `mirrored entries that differ by ${difference}`,
      advice: 'Symmetrise it first, as (A + Aᵀ) / 2.',
    });
  }
  return smallest;
}

function largestAsymmetry(matrix: Matrix): number {
  const n = matrix.rows;
  let worst = 0;
  if (matrix.kind === 'dense') {
    const { values } = matrix;
    for (let top = 0; top < n; top += TILE) {
      const bottom = Math.min(n, top + TILE);
      for (let left = top; left < n; left += TILE) {
        const right = Math.min(n, left + TILE);
        for (let i = top; i < bottom; i++) {
          for (let j = Math.max(i + 1, left); j < right; j++) {
            const difference = Math.abs(values[i * n + j]! - values[j * n + i]!);
            if (difference > worst) worst = difference;
          }
        }
      }
    }
    return worst;
  }
  const mirrored = transposeCsr(matrix);
  for (let i = 0; i < n; i++) {
    let p = matrix.rowOffsets[i]!;
    let q = mirrored.rowOffsets[i]!;
    const pEnd = matrix.rowOffsets[i + 1]!;
    const qEnd = mirrored.rowOffsets[i + 1]!;
    while (p < pEnd || q < qEnd) {
      const left = p < pEnd ? matrix.columnIndices[p]! : n;
      const right = q < qEnd ? mirrored.columnIndices[q]! : n;
      const a = left <= right ? matrix.values[p++]! : 0;
      const b = right <= left ? mirrored.values[q++]! : 0;
      worst = Math.max(worst, Math.abs(a - b));
    }
  }
  return worst;
}
