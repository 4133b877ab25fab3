import { checkInteger, CrossmodalError, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkSign, type Sign } from './check-sign.js';
import { offerToBoth, offerToRows } from './offer-tile.js';
import { productTiles } from './product-tiles.js';
import { StrongestLists } from './strongest-lists.js';

/** Options of {@link strongestProducts} and {@link strongestCrossProducts}. */
export interface StrongestProductsOptions {
  /** Products kept in each row, 1 or more; fewer where there are not as many. */
  readonly neighbours: number;
  /** `both`: products count by size, whatever their sign; `positive` and `negative`: the others are dropped. @defaultValue 'both' */
  readonly sign?: Sign;
  /** Bytes of one tile of products, all that is held beside the rows and the result. @defaultValue 2^24, a side of 2,048 */
  readonly tileBytes?: number;
  /** Stops between tiles. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each tile and after the last, and waited for. */
  readonly pause?: ((tile: number, tiles: number) => void | Promise<void>) | undefined;
}

/** Large enough for the engine, small enough for the last cache of a processor. */
const TILE_BYTES = 2 ** 24;

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

/**
 * The strongest inner products of each of some rows with each of others, `<x_i, y_j>`.
 *
 * @param x - shape `[m, d]`
 * @param y - shape `[n, d]`
 * @returns shape `[m, n]`, signs kept, columns ascending
 * @throws CrossmodalError `shape` when the sides differ in columns; and as {@link strongestProducts}.
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

function checkedOptions(where: string, options: StrongestProductsOptions) {
  const { neighbours, sign = 'both', tileBytes = TILE_BYTES, signal, pause } = options;
  checkInteger(where, 'neighbours', neighbours, { minimum: 1 });
  checkInteger(where, 'tileBytes', tileBytes, { minimum: 1 });
  checkSign(where, sign);
  return { neighbours, sign, tileBytes, signal, pause };
}
