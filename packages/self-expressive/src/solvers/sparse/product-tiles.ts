import { throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import { compile, tf } from '@crossmodal/tensors';

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
  const step = compile(({ a, b }) => ({
    products: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true),
  }));
  let done = 0;
  try {
    for (let r = 0; r < down; r++) {
      for (let c = symmetric ? r : 0; c < across; c++) {
        throwIfAborted(signal, where);
        await pause?.(done++, tiles);
        const [top, left] = [r * side, c * side];
        const [a, b] = [rowsFrom(x, top, side), rowsFrom(y, left, side)];
        try {
          const { products } = await step.run({ a, b });
          visit({ products: products!, top, rows: a.shape[0], left, columns: b.shape[0] });
        } finally {
          tf.dispose([a, b]);
        }
        await yieldToEvents();
      }
    }
    await pause?.(tiles, tiles);
  } finally {
    step.dispose();
  }
}

/** Up to `count` rows from `start` on, as a tensor that does not outlive the matrix. */
function rowsFrom(
  { rows, columns, values }: DenseMatrix<Float32Array>,
  start: number,
  count: number,
): tf.Tensor2D {
  const end = Math.min(start + count, rows);
  return tf.tensor2d(values.subarray(start * columns, end * columns), [end - start, columns], 'float32');
}
