import { checkNumber, type DenseMatrix } from '@crossmodal/core';
import { membershipShares, restoreAbsent } from './membership-shares.js';

/** Options of {@link sharpenedTargets}. */
export interface SharpenedTargetOptions {
  /** Exponent of the memberships, above 0; 1 leaves them as they are, higher ones make targets harder. @defaultValue 2 */
  readonly power?: number;
}

/**
 * Soft targets for a clustering head: its memberships to a power, with rows that sum to 1, `t_ic = p_ic^power / sum_d p_id^power`. Clusters may have
 * any size; {@link balancedTargets} makes them equal. Rows of zeros, of objects that are in no modality, stay zeros.
 *
 * @param memberships - shape `[n, k]`, not negative
 * @returns shape `[n, k]`
 * @throws CrossmodalError `value` on memberships that are negative or not finite; `option` on a power that is not above 0.
 * @example
 * ```ts
 * sharpenedTargets(fromRows([[0.75, 0.25], [0, 0]]), { power: 2 }); // [0.9, 0.1], [0, 0]
 * ```
 */
export function sharpenedTargets(
  memberships: DenseMatrix,
  { power = 2 }: SharpenedTargetOptions = {},
): DenseMatrix<Float32Array> {
  const where = 'sharpenedTargets';
  checkNumber(where, 'power', power, Number.MIN_VALUE);
  const { present, shares } = membershipShares(memberships, where);
  const { columns: k, values } = shares;
  const powers = values.map((value) => value ** power);
  for (let start = 0; start < powers.length; start += k) {
    const row = powers.subarray(start, start + k);
    const sum = row.reduce((total, value) => total + value, 0);
    for (let c = 0; c < k; c++) row[c]! /= sum;
  }
  return restoreAbsent(memberships, present, { ...shares, values: powers });
}
