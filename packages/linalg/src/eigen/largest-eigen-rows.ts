import { checkInteger, checkNumber, checkPermutation } from '@crossmodal/core';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import { blockLanczos } from './block-lanczos.js';
import type { EigenRows, KnownEigenvectors } from './eigen-rows.js';
import { filteredSubspace } from './filtered-subspace.js';
import type { EigenpairOptions } from './eigenpair-options.js';
import { LARGE } from './large.js';
import { symmetricEigenRows } from './symmetric-eigen-rows.js';

/** Up to this size all eigenpairs cost less than an iteration that finds some. */
const SMALL = 120;
/** Up to this size all eigenpairs cost less than an iteration that has run out of restarts. */
const MEDIUM = 1500;

/** The block of a filtered iteration is kept to this part of the rows. */
const BLOCK_SHARE = 0.1;

/** Options of {@link largestEigenRows}. */
export interface EigenRowOptions extends EigenpairOptions {
  /** The function that errors name. @defaultValue 'largestEigenRows' */
  readonly where?: string;
  /** Eigenvectors that are not searched for. */
  readonly known?: KnownEigenvectors;
  /** Whether an iteration that runs out of restarts is followed by a dense solver, up to n = 1500. @defaultValue false */
  readonly thorough?: boolean;
}

/**
 * The largest eigenvalues of a symmetric operator and their eigenvectors as rows, with the signs as they come: {@link largestEigenpairs} for
 * callers that know the operator to be symmetric, and some of its eigenvectors. Ends the operator's threads.
 *
 * @returns values `[count]`, descending, and unit eigenvectors `[count, n]`
 * @throws CrossmodalError `option` on an option out of range; `diverged` when residuals stay above the tolerance; `aborted` on the signal.
 * @example
 * ```ts
 * const operator = operatorOf(fromRows([[2, 1], [1, 2]]));
 * largestEigenRows(operator, { count: 1, random: randomSource(1) }).rows; // 0.707, 0.707, or both negative
 * ```
 */
export function largestEigenRows(operator: SymmetricOperator, options: EigenRowOptions): EigenRows {
  const {
    count,
    random,
    tolerance = 1e-8,
    maxRestarts = 300,
    blockSize = 2,
    rowOrder,
    importance,
    signal,
    where = 'largestEigenRows',
    known,
    thorough = false,
  } = options;
  const n = operator.size;
  checkInteger(where, 'count', count, { minimum: 1, maximum: n });
  checkNumber(where, 'tolerance', tolerance, 1e-11);
  checkInteger(where, 'maxRestarts', maxRestarts, { minimum: 0 });
  checkInteger(where, 'blockSize', blockSize, { minimum: 1 });
  if (rowOrder !== undefined) checkPermutation(where, 'rowOrder', rowOrder, n);
  if (n <= SMALL) return allEigenRows(operator, count);
  const stream = random.fork('lanczos');
  const draw = (): Float64Array => {
    const vector = new Float64Array(n);
    for (let r = 0; r < n; r++) vector[rowOrder === undefined ? r : rowOrder[r]!] = stream.normal();
    return vector;
  };
  const search = { count, tolerance, draw, importance, known, signal, where };
  const filtered = (): EigenRows => filteredSubspace(operator, { ...search, maxRounds: maxRestarts });
  try {
    if (operator.filter !== undefined && n >= LARGE && count <= BLOCK_SHARE * n) return filtered();
    return blockLanczos(operator, {
      ...search,
      maxRestarts,
      blockSize: Math.min(blockSize, n),
      otherwise: thorough && n <= MEDIUM ? () => allEigenRows(operator, count) : undefined,
      // A Krylov space of few vectors is at a loss where many eigenvalues agree or nearly so; a block that holds them all is not.
      atLast: filtered,
    });
  } finally {
    operator.release?.();
  }
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
