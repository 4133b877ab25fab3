import type { ProductLists } from './product-search.js';

/**
 * Puts a reference into the sorted list at places `first..last`, in front of smaller products and of equal ones with larger numbers; what stood last falls
 * out. A product that is too small for the list changes nothing.
 *
 * @returns the smallest product in the list from now on: smaller ones need not be offered
 */
export function insertNeighbour(
  { indices, products }: ProductLists,
  first: number,
  last: number,
  product: number,
  index: number,
): number {
  let place = last + 1;
  while (place > first && comesBefore(product, index, products[place - 1]!, indices[place - 1]!)) place--;
  if (place > last) return products[last]!;
  for (let p = last; p > place; p--) {
    products[p] = products[p - 1]!;
    indices[p] = indices[p - 1]!;
  }
  products[place] = product;
  indices[place] = index;
  return products[last]!;
}

/** A place without a reference has the product `-Infinity` and the number -1. */
function comesBefore(product: number, index: number, other: number, otherIndex: number): boolean {
  return product > other || (product === other && (index < otherIndex || otherIndex < 0));
}
