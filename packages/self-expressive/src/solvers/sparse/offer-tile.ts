import type { Sign } from './check-sign.js';
import type { Tile } from './product-tiles.js';
import type { StrongestLists } from './strongest-lists.js';

/**
 * Offers the products of a tile to the lists of its rows, except products of a row with itself when `others` is set. Nearly all end at the
 * comparison with what a row holds already, so each sign has a loop of its own.
 */
export function offerToRows(tile: Tile, lists: StrongestLists, sign: Sign, others: boolean): void {
  const { products, top, rows, left, columns } = tile;
  const { floors } = lists;
  const turn = sign === 'negative' ? -1 : 1;
  const both = sign === 'both';
  for (let r = 0; r < rows; r++) {
    const i = top + r;
    const own = others ? i - left : -1;
    let floor = floors[i]!;
    for (let c = 0, p = r * columns; c < columns; c++, p++) {
      const value = products[p]!;
      const size = both ? Math.abs(value) : turn * value;
      if (size > floor && c !== own) {
        lists.offer(i, left + c, value);
        floor = floors[i]!;
      }
    }
  }
}

/** Offers each product of a tile that lies off the diagonal to the list of its row and to that of its column. */
export function offerToBoth(tile: Tile, lists: StrongestLists, sign: Sign): void {
  if (sign === 'both') offerSizes(tile, lists);
  else offerSigned(tile, lists, sign === 'negative' ? -1 : 1);
}

function offerSizes({ products, top, rows, left, columns }: Tile, lists: StrongestLists): void {
  const { floors } = lists;
  for (let r = 0; r < rows; r++) {
    const i = top + r;
    let floor = floors[i]!;
    for (let j = left, p = r * columns; j < left + columns; j++, p++) {
      const value = products[p]!;
      const size = Math.abs(value);
      if (size > floor) {
        lists.offer(i, j, value);
        floor = floors[i]!;
      }
      if (size > floors[j]!) lists.offer(j, i, value);
    }
  }
}

function offerSigned(
  { products, top, rows, left, columns }: Tile,
  lists: StrongestLists,
  turn: number,
): void {
  const { floors } = lists;
  for (let r = 0; r < rows; r++) {
    const i = top + r;
    let floor = floors[i]!;
    for (let j = left, p = r * columns; j < left + columns; j++, p++) {
      const value = products[p]!;
      const size = turn * value;
      if (size > floor) {
        lists.offer(i, j, value);
        floor = floors[i]!;
      }
      if (size > floors[j]!) lists.offer(j, i, value);
    }
  }
}
