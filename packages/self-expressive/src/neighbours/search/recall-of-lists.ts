import type { ProductSearch } from './product-search.js';

/** Queries and their true neighbours. */
export interface KnownLists {
  /** Numbers of the queries. */
  readonly rows: Int32Array;
  /** Row-major, `count` neighbours of each. */
  readonly indices: Int32Array;
}

/**
 * Share of the true neighbours that were found. A reference counts also when its product is as large as that of the last true one, since equal rows
 * can stand for each other.
 *
 * @param found - lists of all queries, row-major, `count` of each; -1 where there are no more
 */
export function recallOfLists(
  { queries, references, count }: Pick<ProductSearch, 'queries' | 'references' | 'count'>,
  found: Int32Array,
  { rows, indices }: KnownLists,
): number {
  const { columns: d } = queries;
  const product = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += queries.values[i * d + c]! * references.values[j * d + c]!;
    return sum;
  };
  let hits = 0;
  rows.forEach((i, r) => {
    const known = indices.subarray(r * count, (r + 1) * count);
    const last = product(i, known[count - 1]!);
    for (const j of found.subarray(i * count, (i + 1) * count))
      if (j >= 0 && (known.includes(j) || product(i, j) >= last)) hits++;
  });
  return hits / (rows.length * count);
}
