import { denseMatrix, throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';

/** Where a tile of products lies. */
export interface Tile {
  /** `<x_i, y_j>`, row-major, shape `[rows, columns]`; valid until the next tile. */
  readonly products: Float32Array;
  /** First row and number of rows. */
  readonly top: number;
  readonly rows: number;
  /** First column and number of columns. */
  readonly left: number;
  readonly columns: number;
}

/** Options of {@link productTiles}. */
export interface ProductTileOptions {
  /** Bytes that one tile of products may take. */
  readonly tileBytes: number;
  /** The right side is the left one: only tiles on and above the diagonal are made. */
  readonly symmetric: boolean;
  /** Stops between tiles. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each tile and after the last, and waited for. */
  readonly pause?: ((tile: number, tiles: number) => void | Promise<void>) | undefined;
  /** The function that an abort names. */
  readonly where: string;
}

/** Tiles have this side at least, below which products are no faster than loops. */
const LEAST_SIDE = 64;

/**
 * Products `X Y^T`, tile after tile, so that memory is one tile however many rows there are. Tiles of a row come from left to right, rows of
 * tiles from top to bottom. The engine's threads work on each tile.
 *
 * @param x - shape `[m, d]`
 * @param y - shape `[n, d]`
 * @param visit - gets each tile
 */
export async function productTiles(
  x: DenseMatrix<Float32Array>,
  y: DenseMatrix<Float32Array>,
  { tileBytes, symmetric, signal, pause, where }: ProductTileOptions,
  visit: (tile: Tile) => void,
): Promise<void> {
  const side = Math.max(LEAST_SIDE, Math.floor(Math.sqrt(tileBytes / 4)));
  const [down, across] = [Math.ceil(x.rows / side), Math.ceil(y.rows / side)];
  const tiles = symmetric ? (down * (down + 1)) / 2 : down * across;
  let done = 0;
  for (let r = 0; r < down; r++) {
    for (let c = symmetric ? r : 0; c < across; c++) {
      throwIfAborted(signal, where);
      await pause?.(done++, tiles);
      const [top, left] = [r * side, c * side];
      const products = backendProduct(rowsFrom(x, top, side), rowsFrom(y, left, side), { transposeB: true });
      visit({ products: products.values, top, rows: products.rows, left, columns: products.columns });
      await yieldToEvents();
    }
  }
  await pause?.(tiles, tiles);
}

/** Up to `count` rows from `start` on. */
function rowsFrom(
  { rows, columns, values }: DenseMatrix<Float32Array>,
  start: number,
  count: number,
): DenseMatrix<Float32Array> {
  const end = Math.min(start + count, rows);
  return denseMatrix(values.subarray(start * columns, end * columns), end - start, columns);
}
