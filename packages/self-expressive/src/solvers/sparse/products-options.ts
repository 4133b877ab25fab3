import { checkInteger } from '@crossmodal/core';
import { checkSign, type Sign } from './check-sign.js';

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

/** The options, checked and complete. @throws CrossmodalError `option`. */
export function checkedOptions(where: string, options: StrongestProductsOptions) {
  const { neighbours, sign = 'both', tileBytes = TILE_BYTES, signal, pause } = options;
  checkInteger(where, 'neighbours', neighbours, { minimum: 1 });
  checkInteger(where, 'tileBytes', tileBytes, { minimum: 1 });
  checkSign(where, sign);
  return { neighbours, sign, tileBytes, signal, pause };
}
