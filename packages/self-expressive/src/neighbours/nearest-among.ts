import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { checkSearch } from './search/check-search.js';
import { findNeighbours } from './search/find-neighbours.js';
import type { FoundNeighbours, NearestNeighbourOptions } from './search/neighbour-types.js';

/** Options of {@link nearestAmong}. */
export interface NearestAmongOptions extends NearestNeighbourOptions {
  /** 1 where the row of the references is present; absent ones are no neighbours. By default all are. */
  readonly referencesPresent?: Uint8Array | undefined;
}

/**
 * The rows of one matrix that have the largest inner products with each row of another, as {@link nearestNeighbours} finds them in one: the known
 * objects nearest to new ones.
 *
 * By default it is exact unless there are both more than {@link EXACT_ROWS} references and more than half as many queries: cells for a few queries cost more than they save.
 *
 * @param queries - finite, shape `[m, d]`; `present` is theirs
 * @param references - finite, shape `[n, d]`
 * @returns numbers of references, `min(neighbours, n)` for each query
 * @throws CrossmodalError `shape` when the columns differ, or flags do not fit; `option` when an option is out of its range; `value` when a row that is
 * present is not finite; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const known = fromRows([[1, 0], [0.8, 0.6], [0, 1]]);
 * const { indices } = await nearestAmong(fromRows([[0.6, 0.8]]), known, { neighbours: 2 });
 * console.log(indices); // 1, 2
 * ```
 */
export async function nearestAmong(
  queries: DenseMatrix,
  references: DenseMatrix,
  options: NearestAmongOptions,
): Promise<FoundNeighbours> {
  const where = 'nearestAmong';
  checkSearch(where, options);
  if (queries.columns !== references.columns) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `queries with the ${references.columns} columns of the references`,
      received: `${queries.columns} columns`,
    });
  }
  const among = { points: references, present: options.referencesPresent };
  return findNeighbours(where, { points: queries, present: options.present, among }, options);
}
