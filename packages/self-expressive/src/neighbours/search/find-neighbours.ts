import { randomSource } from '@crossmodal/core';
import { approximateSearch } from '../cells/approximate-search.js';
import { emptyLists } from './empty-lists.js';
import { EXACT_ROWS } from './exact-rows.js';
import { exactSearch } from './exact-search.js';
import type { FoundNeighbours, NearestNeighbourOptions } from './neighbour-types.js';
import { presentRows, type SomeRows } from './present-rows.js';
import type { ProductLists, ProductSearch } from './product-search.js';

/** Rows whose neighbours are wanted, and those among which they are searched: the same, unless others are given. */
interface Given extends SomeRows {
  readonly among?: SomeRows | undefined;
}

/** {@link nearestNeighbours} and {@link nearestAmong}, with options that have been checked. */
export async function findNeighbours(
  where: string,
  given: Given,
  options: NearestNeighbourOptions,
): Promise<FoundNeighbours> {
  const { neighbours, memory = 2 ** 26, signal, onProgress } = options;
  const { among = given } = given;
  const self = among === given;
  const queries = presentRows(where, 'present', given);
  const references = self ? queries : presentRows(where, 'referencesPresent', among);
  const most = (rows: number) => Math.max(0, Math.min(neighbours, self ? rows - 1 : rows));
  const [count, searched] = [most(among.points.rows), most(references.rows.rows)];
  const { rows: m } = queries.rows;
  if (m === 0 || searched === 0) {
    return { count, ...emptyLists(given.points.rows, count), method: 'exact', recall: 1 };
  }
  const found = await searchBy(options, {
    ...{ where, queries: queries.rows, references: references.rows, count: searched },
    ...{ memory, signal, onProgress },
    own: self ? Int32Array.from({ length: m }, (_, i) => i) : undefined,
  });
  const { method, recall } = found;
  if (searched === count && queries.numbers === undefined && references.numbers === undefined)
    return { count, indices: found.indices, products: found.products, method, recall };
  const lists = emptyLists(given.points.rows, count);
  for (let i = 0; i < m; i++) {
    const row = queries.numbers?.[i] ?? i;
    for (let r = 0; r < searched; r++) {
      const j = found.indices[i * searched + r]!;
      lists.indices[row * count + r] = j < 0 ? j : (references.numbers?.[j] ?? j);
      lists.products[row * count + r] = found.products[i * searched + r]!;
    }
  }
  return { count, ...lists, method, recall };
}

type SearchResult = ProductLists & Pick<FoundNeighbours, 'method' | 'recall'>;

async function searchBy(
  { method = 'auto', recall = 0.98, random = randomSource(0) }: NearestNeighbourOptions,
  search: ProductSearch,
): Promise<SearchResult> {
  const { queries, references } = search;
  // Cells cost about as much as the products of a part of the references.
  const many = references.rows > EXACT_ROWS && queries.rows > references.rows / 2;
  if (method === 'exact' || (method === 'auto' && !many))
    return { ...(await exactSearch(search)), method: 'exact', recall: 1 };
  const { exact, ...found } = await approximateSearch(search, { recall, random });
  return { ...found, method: exact ? 'exact' : 'approximate' };
}
