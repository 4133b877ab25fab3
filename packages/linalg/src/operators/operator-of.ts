import { CrossmodalError, toCsr, type Matrix } from '@crossmodal/core';
import { checkSquare } from '../checks/check-square.js';
import { denseOperator } from './dense-operator.js';
import { sparseOperator } from './sparse-operator.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/** Up to this share of non-zero entries products with sparse rows are faster than dense ones (gathers cost about four times as much). */
const SPARSE_SHARE = 0.15;

/**
 * The operator of diag(s) (M + Mᵀ)/2 diag(s), dense or sparse, whichever multiplies faster.
 *
 * @param matrix - M, `[n, n]`
 * @param scale - s, `[n]`; ones by default
 * @throws CrossmodalError `shape` when the matrix is not square or empty, or the scale has another length.
 * @example
 * ```ts
 * const image = new Float64Array(2);
 * operatorOf(fromRows([[2, 1], [1, 2]])).multiply(Float64Array.of(1, 0), image, 1);
 * console.log(image); // 2, 1
 * ```
 */
export function operatorOf(matrix: Matrix, scale?: Float64Array): SymmetricOperator {
  checkSquare('operatorOf', matrix);
  checkScale(matrix.rows, scale);
  if (matrix.kind === 'csr') return sparseOperator(matrix, scale);
  let stored = 0;
  for (let p = 0; p < matrix.values.length; p++) if (matrix.values[p] !== 0) stored++;
  return stored <= SPARSE_SHARE * matrix.values.length
    ? sparseOperator(toCsr(matrix), scale)
    : denseOperator(matrix, scale);
}

function checkScale(n: number, scale: Float64Array | undefined): void {
  if (scale === undefined || scale.length === n) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'operatorOf',
    expected: `a scale of length ${n}`,
    received: `length ${scale.length}`,
  });
}
