import { checkInteger, checkNumber, denseMatrix, throwIfAborted, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { refuseValue } from '../checks/refuse-value.js';

/** Options of {@link sinkhornKnopp}. */
export interface SinkhornKnoppOptions {
  /** Exponent of the memberships, above 0: higher ones give harder targets, nearer to the best balanced partition. @defaultValue 10 */
  readonly power?: number;
  /** Scaling ends when no row's mass is further than this part from 1. @defaultValue 1e-6 */
  readonly tolerance?: number;
  /** Rounds of scaling at most. @defaultValue 200 */
  readonly maxIterations?: number;
  /** Stops the scaling between rounds. */
  readonly signal?: AbortSignal;
}

/**
 * Entries this far below the largest of their row count as this small: every cluster keeps some mass in every row, so that columns which
 * nobody prefers can still be filled.
 */
const LEAST_LOG = -600;

/**
 * Soft assignment to clusters of one size, by Sinkhorn and Knopp's scaling: `Q = diag(u) P^power diag(v)` with rows that sum to 1 and columns
 * that sum to `n / k`.
 *
 * Of all assignments Q with those sums it maximises `sum Q log P + H(Q) / power`: the nearest to the memberships P under the constraint of
 * equal sizes. Rows are scaled last, so their sums are exact; those of columns come near as rounds go on.
 *
 * @param memberships - P, shape `[n, k]`, not negative, with a positive entry in every row
 * @returns Q, shape `[n, k]`
 * @throws CrossmodalError `value` on entries that are negative or not finite, or a row of zeros; `option` on an option out of range; `aborted`
 * on the signal.
 * @see Asano, Rupprecht and Vedaldi, Self-labelling via simultaneous clustering and representation learning, ICLR 2020, Eq. 6 and 7;
 * Cuturi, Sinkhorn distances, NeurIPS 2013
 * @example
 * ```ts
 * const targets = sinkhornKnopp(fromRows([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.7, 0.3]]), { power: 30 });
 * // two rows of each kind: about [1, 0], [1, 0], [0, 1], [0, 1]
 * ```
 */
export function sinkhornKnopp(
  memberships: DenseMatrix,
  options: SinkhornKnoppOptions = {},
): DenseMatrix<Float64Array> {
  const where = 'sinkhornKnopp';
  const { power = 10, tolerance = 1e-6, maxIterations = 200, signal } = options;
  const { rows: n, columns: k } = memberships;
  checkFinite(where, memberships.values);
  checkNumber(where, 'power', power, Number.MIN_VALUE);
  checkNumber(where, 'tolerance', tolerance, 0);
  checkInteger(where, 'maxIterations', maxIterations, { minimum: 1 });
  const plan = powers(memberships, power, where);
  const columns = new Float64Array(k);
  for (let round = 0; round < maxIterations; round++) {
    throwIfAborted(signal, where);
    columns.fill(0);
    for (let p = 0; p < plan.length; p++) columns[p % k]! += plan[p]!;
    for (let c = 0; c < k; c++) columns[c] = n / k / columns[c]!;
    for (let p = 0; p < plan.length; p++) plan[p]! *= columns[p % k]!;
    if (scaleRows(plan, n, k) <= tolerance) break;
  }
  return denseMatrix(plan, n, k);
}

/** `P^power` with rows scaled to sum to 1, in logarithms: the tenth power of 1e-40 is no double. */
function powers({ rows: n, columns: k, values }: DenseMatrix, power: number, where: string): Float64Array {
  const plan = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let c = 0; c < k; c++) {
      const value = values[i * k + c]!;
      if (value < 0) refuseValue(where, 'entries of 0 or more', `${value} in row ${i}`);
      largest = Math.max(largest, value);
    }
    if (largest === 0) refuseValue(where, 'a positive entry in every row', `zeros in row ${i}`);
    for (let c = 0; c < k; c++) {
      plan[i * k + c] = Math.exp(Math.max(power * Math.log(values[i * k + c]! / largest), LEAST_LOG));
    }
  }
  scaleRows(plan, n, k);
  return plan;
}

/** Scales every row to sum 1; returns how far the sums were from it at most. */
function scaleRows(plan: Float64Array, n: number, k: number): number {
  let farthest = 0;
  for (let i = 0; i < n; i++) {
    let mass = 0;
    for (let c = 0; c < k; c++) mass += plan[i * k + c]!;
    farthest = Math.max(farthest, Math.abs(mass - 1));
    for (let c = 0; c < k; c++) plan[i * k + c]! /= mass;
  }
  return farthest;
}
