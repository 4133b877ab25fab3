import type { CsrMatrix, Matrix } from '@crossmodal/core';
import { checkCoefficients } from '../checks/check-coefficients.js';
import { strongestRows, type StrongestRowsOptions } from './strongest-rows.js';
import { symmetrise } from './symmetrise.js';

/** Options of {@link strongestAffinity}. */
export type StrongestAffinityOptions = Omit<StrongestRowsOptions, 'diagonal'>;

/**
 * Affinity from the strongest coefficients, `T(S, k)`: in each row keep the `k` largest `|S_ij|`, `j != i`, divide them by the largest, then
 * `(B + B^T) / 2`. With `sign: 'positive'` only coefficients above 0 count, with `'negative'` only those below.
 *
 * Among equal sizes the smaller column is kept; without such ties, permuting the samples permutes the graph and changes nothing else.
 *
 * @param s - coefficients, shape `[n, n]`, dense or sparse
 * @returns shape `[n, n]`, symmetric, in `[0, 1]`, zero diagonal; a row without coefficients stays empty
 * @throws CrossmodalError `option` when `neighbours` is not a positive integer; `shape` when `s` is not square; `value` when a
 * coefficient is not finite.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 *
 * const s = fromRows([[0, 0.5, 0.1], [0.4, 0, 0], [-0.2, 0.1, 0]]);
 * const affinity = strongestAffinity(s, { neighbours: 1 });
 * ```
 */
export function strongestAffinity(s: Matrix, options: StrongestAffinityOptions): CsrMatrix<Float32Array> {
  checkCoefficients('strongestAffinity', s);
  return symmetrise(strongestRows(s, { ...options, diagonal: false }));
}
