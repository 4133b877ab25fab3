import { denseMatrix, type Matrix, type RandomSource } from '@crossmodal/core';
import { blockLanczos, type EigenRows, type LanczosOptions } from './block-lanczos.js';
import { checkSymmetric } from '../checks/check-symmetric.js';
import { checkInteger, checkNumber, checkPermutation } from '../checks/checks.js';
import { columnsWithFixedSigns } from './fixed-signs.js';
import { operatorOf } from '../operators/operator-of.js';
import { symmetricEigenRows, type Eigenpairs } from './symmetric-eigen.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';

/** Options of {@link largestEigenpairs}. */
export interface EigenpairOptions {
  /** How many, `1..n`. */
  readonly count: number;
  /** Decides the start vectors. */
  readonly random: RandomSource;
  /**
   * Largest residual ‖M u − w u‖ as a part of ‖M‖, at least 1e-11.
   *
   * @defaultValue 1e-8
   */
  readonly tolerance?: number;
  /**
   * Restarts of the Krylov space before giving up; those that only look for further copies of eigenvalues already found do not count.
   *
   * @defaultValue 300
   */
  readonly maxRestarts?: number;
  /**
   * Width of the blocks. Wider ones find more copies of a repeated eigenvalue at once; narrower ones need fewer products
   (width 1 spends part of that on looking for second copies).
   *
   * @defaultValue 2
   */
  readonly blockSize?: number;
  /**
   * Rows in the order in which they draw their start values, a permutation of `0..n-1`. An order that follows the rows when they
   * are permuted makes the eigenvectors follow too, instead of merely spanning the same spaces.
   *
   * @defaultValue 0..n-1
   */
  readonly rowOrder?: ArrayLike<number>;
  /**
   * How much each residual counts, `[count]` in `[0, 1]`, given upper estimates of the eigenvalues; for callers that
   * damp some eigenvectors afterwards, and need those less exactly.
   *
   * @defaultValue all 1
   */
  readonly importance?: (values: Float64Array) => Float64Array;
  /** Stops the search between products. */
  readonly signal?: AbortSignal;
}

/** Up to this size all eigenpairs cost less than an iteration that finds some. */
const SMALL = 120;
/** Up to this size all eigenpairs cost less than an iteration that has run out of restarts. */
const MEDIUM = 1500;

/**
 * The largest eigenvalues of a symmetric matrix and their eigenvectors, M u = w u, by thick-restart block Lanczos with
 * full orthogonalisation (a dense solver for small n). Repeated eigenvalues are found with all their copies.
 *
 * @param matrix - `[n, n]` symmetric, dense or sparse, or an operator that multiplies by it
 * @returns eigenvalues, descending, and unit eigenvectors as columns `[n, count]`, entry of largest magnitude positive
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite or not symmetric;
 * `option` on an option out of range; `diverged` when residuals stay above the tolerance; `aborted` on the signal.
 * @see Wu and Simon, Thick-restart Lanczos method for large symmetric eigenvalue problems, 2000
 * @example
 * ```ts
 * const matrix = fromRows([[2, 1, 0], [1, 2, 0], [0, 0, 1]]);
 * const { values, vectors } = largestEigenpairs(matrix, { count: 1, random: randomSource(1) });
 * ```
 */
export function largestEigenpairs(matrix: Matrix | SymmetricOperator, options: EigenpairOptions): Eigenpairs {
  const where = 'largestEigenpairs';
  if ('kind' in matrix) checkSymmetric(matrix, where);
  const operator = 'kind' in matrix ? operatorOf(matrix) : matrix;
  checkInteger(operator.size, 1, Infinity, 'size', where);
  const { values, rows } = eigenRows(operator, options, where);
  return {
    values,
    vectors: denseMatrix(
      columnsWithFixedSigns(rows, options.count, operator.size),
      operator.size,
      options.count,
    ),
  };
}

/**
 * {@link largestEigenpairs} without the checks of the matrix, vectors as rows with the signs as they come; `known` ones are not
 * searched for. With `thorough`, an iteration that runs out of restarts is followed by a dense solver, up to n = 1500.
 */
export function eigenRows(
  operator: SymmetricOperator,
  options: EigenpairOptions,
  where: string,
  known?: LanczosOptions['known'],
  thorough = false,
): EigenRows {
  const {
    count,
    random,
    tolerance = 1e-8,
    maxRestarts = 300,
    blockSize = 2,
    rowOrder,
    importance,
    signal,
  } = options;
  const n = operator.size;
  checkInteger(count, 1, n, 'count', where);
  checkNumber(tolerance, 1e-11, 'tolerance', where);
  checkInteger(maxRestarts, 0, Infinity, 'maxRestarts', where);
  checkInteger(blockSize, 1, Infinity, 'blockSize', where);
  if (rowOrder !== undefined) checkPermutation(rowOrder, n, where);
  if (n <= SMALL) return allEigenRows(operator, count);
  const stream = random.fork('lanczos');
  const draw = (): Float64Array => {
    const vector = new Float64Array(n);
    for (let r = 0; r < n; r++) vector[rowOrder === undefined ? r : rowOrder[r]!] = stream.normal();
    return vector;
  };
  return blockLanczos(operator, {
    count,
    tolerance,
    maxRestarts,
    blockSize: Math.min(blockSize, n),
    draw,
    importance,
    known,
    otherwise: thorough && n <= MEDIUM ? () => allEigenRows(operator, count) : undefined,
    signal,
    where,
  });
}

function allEigenRows(operator: SymmetricOperator, count: number): EigenRows {
  const n = operator.size;
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  const full = new Float64Array(n * n);
  operator.multiply(identity, full, n);
  const { values, rows } = symmetricEigenRows(full, n);
  return { values: values.slice(0, count), rows: rows.slice(0, count * n) };
}
