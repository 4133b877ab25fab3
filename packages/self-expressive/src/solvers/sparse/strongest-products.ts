import type { CsrMatrix, DenseMatrix } from '@crossmodal/core';
import { offerToBoth, offerToRows } from './offer-tile.js';
import { productTiles } from './product-tiles.js';
import { checkedOptions, type StrongestProductsOptions } from './products-options.js';
import { StrongestLists } from './strongest-lists.js';

/**
 * The strongest inner products of each row with the others, `<y_i, y_j>` with `j != i`: exact, `n^2 d` operations, memory `O(n k)`.
 *
 * Products are made tile by tile, each pair once, and each is offered to both of its rows. Nearly all are passed over after a comparison
 * with what the row holds already, so that selection takes a small part of the time. Of equal sizes the smaller column is kept; zeros
 * never are.
 *
 * @param rows - shape `[n, d]`
 * @param factorOf - factor on what is kept of a row. @defaultValue 1
 * @returns shape `[n, n]`, signs kept, columns ascending
 * @throws CrossmodalError `option` when `neighbours` or `tileBytes` is no positive integer, or the sign is another; `aborted` on the signal.
 * @example
 * ```ts
 * import { denseMatrix } from '@crossmodal/core';
 * const rows = denseMatrix(Float32Array.of(1, 0, 0.8, 0.6, 0, 1), 3, 2);
 * const { columnIndices } = await strongestProducts(rows, { neighbours: 1 });
 * console.log(columnIndices); // 1, 0, 1
 * ```
 */
export async function strongestProducts(
  rows: DenseMatrix<Float32Array>,
  options: StrongestProductsOptions,
  factorOf: (row: number) => number = () => 1,
): Promise<CsrMatrix<Float32Array>> {
  const where = 'strongestProducts';
  const { neighbours, sign, ...tiling } = checkedOptions(where, options);
  const n = rows.rows;
  const lists = new StrongestLists(n, Math.max(1, Math.min(neighbours, n - 1)));
  await productTiles(rows, rows, { ...tiling, symmetric: true, where }, (tile) => {
    if (tile.top === tile.left) offerToRows(tile, lists, sign, true);
    else offerToBoth(tile, lists, sign);
  });
  return lists.build(n, factorOf);
}
