import type { ProductLists } from './product-search.js';

/** Lists of `count` places for each of m queries, in which there is nothing yet. */
export function emptyLists(m: number, count: number): ProductLists {
  return {
    indices: new Int32Array(m * count).fill(-1),
    products: new Float32Array(m * count).fill(-Infinity),
  };
}
