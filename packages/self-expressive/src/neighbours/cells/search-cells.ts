import { throwIfAborted, yieldToEvents } from '@crossmodal/core';
import { compile, tf, toTensor } from '@crossmodal/tensors';
import { insertNeighbour } from '../search/insert-neighbour.js';
import type { ProductLists, ProductSearch } from '../search/product-search.js';
import type { CellMembers } from './group-by-cell.js';

/** Queries and references of one tile; cells are cut into as many tiles as they need. */
const [QUERIES, REFERENCES] = [256, 128];
/** Tiles in one run of the engine, at most. */
const MOST_TILES = 32;

/** Places of a tile: where its queries and its references begin and end among the members of their cells. */
type Tile = readonly [queries: number, queriesEnd: number, references: number, referencesEnd: number];

/** References by cells, and the queries that look through each. */
export interface CellPairs {
  readonly references: CellMembers;
  readonly queries: CellMembers;
}

/**
 * Offers to the list of each query the references of all cells that it looks through. Cell by cell, the products of those that look through it with
 * those that are in it are tiles of one size, many of which make one run of the engine.
 *
 * @param options - `lists` of all queries, changed in place; `onRun` is told the share that is done
 */
export async function searchCells(
  { where, queries, references, own, count, memory, signal }: ProductSearch,
  pairs: CellPairs,
  { lists, onRun }: { readonly lists: ProductLists; readonly onRun: (share: number) => void },
): Promise<void> {
  const tiles = tilesOf(pairs);
  const { columns: d } = queries;
  const bytes = 4 * (QUERIES * REFERENCES + (QUERIES + REFERENCES) * d);
  const together = Math.min(tiles.length, MOST_TILES, Math.max(1, Math.floor(memory / bytes)));
  const left = toTensor(queries);
  const right = queries === references ? left : toTensor(references);
  const step = compile(
    ({ left, right, from, to }) => ({
      products: tf.matMul(tf.gather(left!, from!), tf.gather(right!, to!), false, true),
    }),
    { largeProducts: true },
  );
  try {
    for (let first = 0; first < tiles.length; first += together) {
      throwIfAborted(signal, where);
      onRun(first / tiles.length);
      const some = tiles.slice(first, first + together);
      const from = places(some, 0, QUERIES, pairs.queries.members, together);
      const to = places(some, 2, REFERENCES, pairs.references.members, together);
      try {
        const { products } = await step.run({ left, right, from, to });
        some.forEach((tile, t) =>
          offerTile(products!.subarray(t * QUERIES * REFERENCES), tile, pairs, { own, count, lists }),
        );
      } finally {
        tf.dispose([from, to]);
      }
      await yieldToEvents();
    }
  } finally {
    step.dispose();
    tf.dispose([left, right]);
  }
}

/** Cell after cell, so that what a run gathers twice is still at hand. */
function tilesOf({ queries, references }: CellPairs): Tile[] {
  const tiles: Tile[] = [];
  for (let c = 0; c + 1 < references.offsets.length; c++) {
    const [end, referencesEnd] = [queries.offsets[c + 1]!, references.offsets[c + 1]!];
    for (let r = references.offsets[c]!; r < referencesEnd; r += REFERENCES)
      for (let q = queries.offsets[c]!; q < end; q += QUERIES)
        tiles.push([q, Math.min(q + QUERIES, end), r, Math.min(r + REFERENCES, referencesEnd)]);
  }
  return tiles;
}

/** Row numbers of so many tiles of one side; what is left of a tile is filled with row 0, of which nobody reads the products. */
function places(
  tiles: readonly Tile[],
  side: 0 | 2,
  size: number,
  members: Int32Array,
  count: number,
): tf.Tensor {
  const rows = new Int32Array(count * size);
  tiles.forEach((tile, t) => rows.set(members.subarray(tile[side], tile[side + 1]), t * size));
  return tf.tensor2d(rows, [count, size], 'int32');
}

/** Few products get past what is in a list already, so that the loop is this comparison. */
function offerTile(
  products: Float32Array,
  [queries, queriesEnd, references, referencesEnd]: Tile,
  { queries: { members: rows }, references: { members } }: CellPairs,
  { own, count, lists }: { own?: Int32Array | undefined; count: number; lists: ProductLists },
): void {
  for (let q = queries; q < queriesEnd; q++) {
    const row = rows[q]!;
    const self = own?.[row] ?? -1;
    const [first, last] = [row * count, (row + 1) * count - 1];
    let least = lists.products[last]!;
    for (let r = references, p = (q - queries) * REFERENCES; r < referencesEnd; r++, p++) {
      // Cells come in no order of rows, so that equal products have to be told apart by number.
      if (products[p]! >= least && members[r] !== self)
        least = insertNeighbour(lists, first, last, products[p]!, members[r]!);
    }
  }
}
