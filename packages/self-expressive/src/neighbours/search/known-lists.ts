import { gatherRows } from '@crossmodal/core';
import { exactSearch } from './exact-search.js';
import type { ProductSearch } from './product-search.js';
import type { KnownLists } from './recall-of-lists.js';

/**
 * The true neighbours of some queries.
 *
 * @param rows - numbers of the queries, at least one
 */
export async function knownLists(search: ProductSearch, rows: Int32Array): Promise<KnownLists> {
  const { own } = search;
  const { indices } = await exactSearch({
    ...search,
    queries: gatherRows(search.queries, rows),
    own: own && rows.map((i) => own[i]!),
    onProgress: undefined,
  });
  return { rows, indices };
}
