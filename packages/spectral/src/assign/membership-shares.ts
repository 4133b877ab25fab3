import type { DenseMatrix } from '@crossmodal/core';
import { refuseValue } from '../checks/refuse-value.js';

/** Rows that sum to less than this are of objects that are in no modality. */
const ABSENT = 1e-9;

/** A cluster that has no mass in any row could not be filled. */
const LEAST_SHARE = 1e-9;

/** The rows of memberships that say something. */
export interface MembershipShares {
  /** Their numbers, ascending, `[m]`. */
  readonly present: readonly number[];
  /** Each divided by its sum, no entry below 1e-9, `[m, k]`. */
  readonly shares: DenseMatrix<Float64Array>;
}

/** Leaves out rows of zeros and scales the others to sum 1. */
export function membershipShares(memberships: DenseMatrix, where: string): MembershipShares {
  const { rows: n, columns: k, values } = memberships;
  const sums = new Float64Array(n);
  for (let p = 0; p < values.length; p++) {
    if (!(values[p]! >= 0))
      refuseValue(where, 'memberships of 0 or more', `${values[p]} in row ${Math.floor(p / k)}`);
    sums[Math.floor(p / k)]! += values[p]!;
  }
  const present = Array.from(sums.keys()).filter((i) => sums[i]! > ABSENT);
  const shares = new Float64Array(present.length * k);
  present.forEach((row, i) => {
    for (let c = 0; c < k; c++) shares[i * k + c] = Math.max(values[row * k + c]! / sums[row]!, LEAST_SHARE);
  });
  return { present, shares: { kind: 'dense', rows: present.length, columns: k, values: shares } };
}

/** Puts rows back to where {@link membershipShares} found them, between rows of zeros, `[n, k]`. */
export function restoreAbsent(
  { rows: n, columns: k }: DenseMatrix,
  present: readonly number[],
  { values }: DenseMatrix<Float64Array>,
): DenseMatrix<Float32Array> {
  const restored = new Float32Array(n * k);
  present.forEach((row, i) => restored.set(values.subarray(i * k, (i + 1) * k), row * k));
  return { kind: 'dense', rows: n, columns: k, values: restored };
}
