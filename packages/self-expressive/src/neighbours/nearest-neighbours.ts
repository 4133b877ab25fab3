import type { DenseMatrix } from '@crossmodal/core';
import { checkSearch } from './search/check-search.js';
import { findNeighbours } from './search/find-neighbours.js';
import type { FoundNeighbours, NearestNeighbourOptions } from './search/neighbour-types.js';

/**
 * The rows of largest inner product with each row, itself left out: on rows of one length, the nearest ones.
 *
 * Exact up to {@link EXACT_ROWS} rows by default, and approximate beyond: rows are put into `2 sqrt(n)` cells by k-means, and each is compared with those of
 * the cells nearest to it. How many cells these are follows from the recall that is asked for, on a sample whose neighbours are searched exactly;
 * what was reached is measured on another and comes with the result. Memory grows with n and not with its square.
 *
 * @param points - finite; rows of one length, such as unit rows of several modalities side by side; shape `[n, d]`
 * @throws CrossmodalError `option` when an option is out of its range; `shape` when `present` has not one flag per row; `value` when a row that is
 * present is not finite; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const points = fromRows([[1, 0], [0.8, 0.6], [0, 1]]);
 * const { indices } = await nearestNeighbours(points, { neighbours: 1 });
 * console.log(indices); // 1, 0, 1
 * ```
 */
export async function nearestNeighbours(
  points: DenseMatrix,
  options: NearestNeighbourOptions,
): Promise<FoundNeighbours> {
  const where = 'nearestNeighbours';
  checkSearch(where, options);
  return findNeighbours(where, { points, present: options.present }, options);
}
