import { denseMatrix, gatherRows, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { emptyLists } from '../search/empty-lists.js';
import { exactSearch } from '../search/exact-search.js';
import type { ProductLists, ProductSearch } from '../search/product-search.js';
import { knownLists } from '../search/known-lists.js';
import { recallOfLists } from '../search/recall-of-lists.js';
import { cellMeans } from './cell-means.js';
import { chooseCells, type CellChoice } from './choose-cells.js';
import { contentOrder } from './content-order.js';
import { groupByCell, type CellMembers } from './group-by-cell.js';
import { nearestCells } from './nearest-cells.js';
import { searchCells } from './search-cells.js';

/** Queries by which the number of cells is chosen, and as many others by which the recall is measured. */
const SAMPLE = 256;
/** Share of the references beyond which looking at some of them saves nothing. */
const MOST_SEARCHED = 0.3;
/** Queries that are looked up together, at least: with fewer, tiles would be half empty. */
const LEAST_QUERIES = 16_384;

/** What {@link approximateSearch} gives. */
export interface ApproximateLists extends ProductLists {
  /** Share of the true neighbours found, measured on a sample; 1 when all products were taken. */
  readonly recall: number;
  /** Whether all products were taken. */
  readonly exact: boolean;
}

/** Options of {@link approximateSearch}. */
export interface ApproximateOptions {
  /** Share of the true neighbours to be found, in `(0, 1]`. */
  readonly recall: number;
  readonly random: RandomSource;
}

/**
 * The references of largest product with each query, among those in the cells nearest to it.
 *
 * `2 sqrt(n)` cells are made by k-means. How many are looked through follows from a sample of queries whose neighbours are searched exactly: the
 * fewest that hold the share of neighbours that is asked for. Where that is a large part of all references, the search is exact.
 */
export async function approximateSearch(
  search: ProductSearch,
  { recall, random }: ApproximateOptions,
): Promise<ApproximateLists> {
  const { references, queries, memory, where, signal, onProgress, count } = search;
  const cells = Math.min(references.rows, Math.ceil(2 * Math.sqrt(references.rows)));
  const options = { memory, where, signal };
  const means = await cellMeans(references, { ...options, cells, random: random.fork('cells') });
  const cellOf = await nearestCells(references, means, { ...options, count: 1, ranking: 'distance' });
  const order = contentOrder(queries, random.fork('sample'));
  const first = await knownLists(search, order.slice(0, SAMPLE));
  const { searched, ranking } = chooseCells(
    { queries: gatherRows(queries, first.rows), indices: first.indices, count },
    // A sample decides: a quarter of the gap that is left makes up for what it does not see.
    { means, cellOf, target: recall + (1 - recall) / 4 },
  );
  if (searched > MOST_SEARCHED * cells) return { ...(await exactSearch(search)), recall: 1, exact: true };
  const lists = emptyLists(queries.rows, count);
  await lookThrough(search, { means, members: groupByCell(cellOf, cells), searched, ranking, lists });
  onProgress?.({ phase: 'neighbours', step: queries.rows, steps: queries.rows });
  const others = order.slice(SAMPLE, 2 * SAMPLE);
  const second = others.length === 0 ? first : await knownLists(search, others);
  return { ...lists, recall: recallOfLists(search, lists.indices, second), exact: false };
}

/** What {@link lookThrough} goes by. */
interface Cells extends CellChoice {
  readonly means: DenseMatrix<Float32Array>;
  readonly members: CellMembers;
  readonly lists: ProductLists;
}

/** Offers each query what is in its cells, so many queries at a time that the numbers of their cells fit into the memory. */
async function lookThrough(
  search: ProductSearch,
  { means, members, searched, ranking, lists }: Cells,
): Promise<void> {
  const { queries, memory, where, signal, onProgress } = search;
  const { rows: m, columns: d } = queries;
  // Twice: in the order of queries, and in that of cells.
  const size = Math.max(LEAST_QUERIES, Math.floor(memory / (8 * searched)));
  for (let first = 0; first < m; first += size) {
    const end = Math.min(m, first + size);
    const rows = denseMatrix(queries.values.subarray(first * d, end * d), end - first, d);
    const nearest = await nearestCells(rows, means, { count: searched, ranking, memory, where, signal });
    const looking = groupByCell(nearest, means.rows, { perRow: searched, first });
    await searchCells(
      search,
      { references: members, queries: looking },
      {
        lists,
        onRun: (share) =>
          onProgress?.({
            phase: 'neighbours',
            step: first + Math.floor(share * (end - first)),
            steps: m,
          }),
      },
    );
  }
}
