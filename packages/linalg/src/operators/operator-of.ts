import { coreCount } from '#threads';
import { checkInteger, CrossmodalError, toCsr, type CsrMatrix, type Matrix } from '@crossmodal/core';
import { checkSquare } from '../checks/check-square.js';
import { denseOperator } from './dense-operator.js';
import { sparseOperator } from './sparse-operator.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/** Up to this share of non-zero entries products with sparse rows are faster than dense ones (gathers cost about four times as much). */
const SPARSE_SHARE = 0.15;

/** Options of {@link operatorOf}. */
export interface OperatorOptions {
  /**
   * Threads that share the polynomials of a sparse matrix; what comes out is the same to the last bit. Where threads or shared memory are not
   * to be had, there is one. {@link largestEigenRows} ends them; so does `release()`.
   *
   * @defaultValue all cores (16 at most) from 200,000 stored entries on, else 1
   */
  readonly threads?: number;
}

/** Stored entries from which further threads save more than they cost. */
const THREADED = 200_000;
/** More threads than this wait for memory. */
const MOST_THREADS = 16;

/**
 * The operator of diag(s) (M + Mᵀ)/2 diag(s), dense or sparse, whichever multiplies faster.
 *
 * @param matrix - M, `[n, n]`
 * @param scale - s, `[n]`; ones by default
 * @throws CrossmodalError `shape` when the matrix is not square or empty, or the scale has another length; `option` when `threads` is not a whole number from 1 on.
 * @example
 * ```ts
 * const image = new Float64Array(2);
 * operatorOf(fromRows([[2, 1], [1, 2]])).multiply(Float64Array.of(1, 0), image, 1);
 * console.log(image); // 2, 1
 * ```
 */
export function operatorOf(
  matrix: Matrix,
  scale?: Float64Array,
  options: OperatorOptions = {},
): SymmetricOperator {
  checkSquare('operatorOf', matrix);
  checkScale('operatorOf', matrix.rows, scale);
  const sparse = (csr: CsrMatrix): SymmetricOperator =>
    sparseOperator(csr, scale, { threads: threadsFor('operatorOf', csr, options) });
  if (matrix.kind === 'csr') return sparse(matrix);
  let stored = 0;
  for (let p = 0; p < matrix.values.length; p++) if (matrix.values[p] !== 0) stored++;
  return stored <= SPARSE_SHARE * matrix.values.length ? sparse(toCsr(matrix)) : denseOperator(matrix, scale);
}

/** Threads for a matrix: those that are asked for, or as many as are worth it. */
export function threadsFor(where: string, matrix: CsrMatrix, { threads }: OperatorOptions): number {
  if (threads !== undefined) checkInteger(where, 'threads', threads, { minimum: 1 });
  return threads ?? (matrix.values.length < THREADED ? 1 : Math.min(MOST_THREADS, coreCount()));
}

/** @throws CrossmodalError `shape` when a scale is of another length. */
export function checkScale(where: string, n: number, scale: Float64Array | undefined): void {
  if (scale === undefined || scale.length === n) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `a scale of length ${n}`,
    received: `length ${scale.length}`,
  });
}
