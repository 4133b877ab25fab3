import type { DenseMatrix } from '@crossmodal/core';
import type { NearestNeighbours } from './search/neighbour-types.js';

/** Rows of one modality, of which some may be unknown. */
export interface PartialRows {
  /** Shape `[n, d]`, zeros where unknown. */
  readonly features: DenseMatrix;
  /** 1 where the row is known; undefined where all are. */
  readonly present?: Uint8Array | undefined;
}

/**
 * Puts the mean of near rows in place of a row that is unknown.
 *
 * @param near - neighbours of each row, nearest first; those that are unknown themselves are passed over
 * @param most - rows that a mean is taken of, at most
 * @returns rows that are as they were where known, and known also where some neighbour was
 */
export function standInRows(
  { features, present }: PartialRows,
  { count, indices }: NearestNeighbours,
  most: number,
): PartialRows {
  if (present === undefined) return { features };
  const { columns: d } = features;
  const values = features.values.slice();
  const filled = present.slice();
  present.forEach((flag, i) => {
    if (flag !== 0) return;
    const near = indices
      .subarray(i * count, (i + 1) * count)
      .filter((j) => j >= 0 && present[j] !== 0)
      .subarray(0, most);
    if (near.length === 0) return;
    filled[i] = 1;
    for (const j of near)
      for (let c = 0; c < d; c++) values[i * d + c]! += features.values[j * d + c]! / near.length;
  });
  return { features: { ...features, values }, present: filled };
}
