import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { randomisedSvd, readValues, toTensor } from '@crossmodal/tensors';
import { checkPositive } from '../checks/check-positive.js';

/** Options of {@link principalBasis}. */
export interface PrincipalBasisOptions {
  /** Directions wanted; no more than the smaller of `n` and `d` are found. */
  readonly size: number;
  /** Draws the start of the randomised decomposition. */
  readonly random: RandomSource;
}

/**
 * Principal directions of centred rows: the leading right singular vectors of `X [n, d]`, as columns.
 *
 * @param rows - shape `[n, d]`, columns of mean 0
 * @returns shape `[d, q]`, `q = min(size, n, d)`, orthonormal columns, the direction of largest variance first
 * @throws CrossmodalError `option` when the size is not an integer of 1 or more; `value` on rows that are not finite.
 * @example
 * ```ts
 * const line = denseMatrix(Float32Array.of(-1, -2, 0, 0, 1, 2), 3, 2);
 * principalBasis(line, { size: 1, random: randomSource(0) }).values; // 0.447, 0.894, or both negative: 1 and 2 at length 1
 * ```
 */
export function principalBasis(
  rows: DenseMatrix,
  { size, random }: PrincipalBasisOptions,
): DenseMatrix<Float64Array> {
  checkPositive('principalBasis', { size });
  const rank = Math.min(size, rows.rows, rows.columns);
  const values = readValues(() => randomisedSvd(toTensor(rows), { rank, random }).v);
  return denseMatrix(Float64Array.from(values), rows.columns, rank);
}
