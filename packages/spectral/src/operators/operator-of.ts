import { toCsr, type Matrix } from '@crossmodal/core';
import { denseOperator } from './dense-operator.js';
import { sparseOperator } from './sparse-operator.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/** Up to this share of non-zero entries products with sparse rows are faster than dense ones (gathers cost about four times as much). */
const SPARSE_SHARE = 0.15;

/** The operator of diag(s) (M + Mᵀ)/2 diag(s), dense or sparse, whichever multiplies faster. */
export function operatorOf(matrix: Matrix, scale?: Float64Array): SymmetricOperator {
  if (matrix.kind === 'csr') return sparseOperator(matrix, scale);
  let stored = 0;
  for (let p = 0; p < matrix.values.length; p++) if (matrix.values[p] !== 0) stored++;
  return stored <= SPARSE_SHARE * matrix.values.length
    ? sparseOperator(toCsr(matrix), scale)
    : denseOperator(matrix, scale);
}
