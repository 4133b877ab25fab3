import { CrossmodalError, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { offerToRows } from './offer-tile.js';
import { productTiles } from './product-tiles.js';
import { checkedOptions, type StrongestProductsOptions } from './products-options.js';
import { StrongestLists } from './strongest-lists.js';

/**
 * The strongest inner products of each of some rows with each of others, `<x_i, y_j>`.
 *
 * @param x - shape `[m, d]`
 * @param y - shape `[n, d]`
 * @returns shape `[m, n]`, signs kept, columns ascending
 * @throws CrossmodalError `shape` when the sides differ in columns; and as {@link strongestProducts}.
 * @example
 * ```ts
 * import { denseMatrix } from '@crossmodal/core';
 * const known = denseMatrix(Float32Array.of(1, 0, 0.8, 0.6, 0, 1), 3, 2);
 * const fresh = denseMatrix(Float32Array.of(0, 2), 1, 2);
 * const { columnIndices } = await strongestCrossProducts(fresh, known, { neighbours: 1 });
 * console.log(columnIndices); // 2
 * ```
 */
export async function strongestCrossProducts(
  x: DenseMatrix<Float32Array>,
  y: DenseMatrix<Float32Array>,
  options: StrongestProductsOptions,
): Promise<CsrMatrix<Float32Array>> {
  const where = 'strongestCrossProducts';
  const { neighbours, sign, ...tiling } = checkedOptions(where, options);
  if (x.columns !== y.columns) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `rows of ${y.columns} columns, as the others have`,
      received: `${x.columns} columns`,
    });
  }
  const lists = new StrongestLists(x.rows, Math.max(1, Math.min(neighbours, y.rows)));
  await productTiles(x, y, { ...tiling, symmetric: false, where }, (tile) =>
    offerToRows(tile, lists, sign, false),
  );
  return lists.build(y.rows, () => 1);
}
