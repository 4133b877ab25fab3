import {
  checkInteger,
  CrossmodalError,
  randomSource,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { contentOrder } from './cells/content-order.js';
import { knownLists } from './search/known-lists.js';
import type { NearestNeighbours } from './search/neighbour-types.js';
import { presentRows } from './search/present-rows.js';
import { recallOfLists } from './search/recall-of-lists.js';

/** Options of {@link neighbourRecall}. */
export interface NeighbourRecallOptions {
  /** Rows whose true neighbours are searched, at most. @defaultValue 256 */
  readonly sample?: number;
  /** Decides the sample. @defaultValue `randomSource(0)` */
  readonly random?: RandomSource | undefined;
  /** Bytes that one block of the search may take. @defaultValue 64 MiB */
  readonly memory?: number;
  /** 1 where the row is present, as in the search. */
  readonly present?: Uint8Array | undefined;
  /** Stops the search between blocks. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Share of the true nearest neighbours that a search has found, on a sample of the rows: the mean over them of `|found ∩ true| / count`. Of rows that are
 * equally near, each counts as true.
 *
 * @param found - neighbours of all rows, by whatever search
 * @param points - the rows, shape `[n, d]`
 * @returns in `[0, 1]`; 1 when there is nothing to be found
 * @throws CrossmodalError `shape` when there is not one list per row, or one flag; `option` when `sample` or `memory` is no positive integer; `value` when a row
 * that is present is not finite; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const points = fromRows([[1, 0], [0.8, 0.6], [0, 1]]);
 * console.log(await neighbourRecall({ count: 1, indices: Int32Array.of(1, 2, 1) }, points)); // 2 of 3
 * ```
 */
export async function neighbourRecall(
  { count, indices }: NearestNeighbours,
  points: DenseMatrix,
  options: NeighbourRecallOptions = {},
): Promise<number> {
  const where = 'neighbourRecall';
  const { sample = 256, random = randomSource(0), memory = 2 ** 26, present, signal } = options;
  checkInteger(where, 'sample', sample, { minimum: 1 });
  checkInteger(where, 'memory', memory, { minimum: 1 });
  if (indices.length !== points.rows * count) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `${points.rows} lists of ${count}`,
      received: `${indices.length} indices`,
    });
  }
  const { rows, numbers = Int32Array.from({ length: points.rows }, (_, i) => i) } = presentRows(
    where,
    'present',
    { points, present },
  );
  const most = Math.min(count, rows.rows - 1);
  if (most < 1) return 1;
  const search = { where, queries: rows, references: rows, count: most, memory, signal };
  const own = Int32Array.from({ length: rows.rows }, (_, i) => i);
  const known = await knownLists({ ...search, own }, contentOrder(rows, random).slice(0, sample));
  // In the numbers of the rows that are present.
  const places = new Int32Array(points.rows).fill(-1);
  numbers.forEach((row, i) => (places[row] = i));
  const lists = Int32Array.from({ length: rows.rows * most }, (_, p) => {
    const j = indices[numbers[Math.floor(p / most)]! * count + (p % most)]!;
    return j < 0 ? -1 : places[j]!;
  });
  return recallOfLists(search, lists, known);
}
