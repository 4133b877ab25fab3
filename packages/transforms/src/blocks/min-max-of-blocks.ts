import { presentInBlock, type BlockPassOptions, type RowBlocks } from '@crossmodal/core';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { rangeFinder, type MinMaxOptions } from '../scaling/min-max.js';
import { countPresent } from './count-present.js';

/**
 * Fits {@link fitMinMax} on rows in blocks, in one pass; the transform is the same bit for bit.
 *
 * @param source - shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present; `option` when `per` is neither; `aborted` when the signal fires; any error of
 * the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[0, 4], [2, 1]]));
 * const transform = await fitMinMaxOfBlocks(rows);
 * console.log((await applyToBlocks(rows, transform)).values); // 0, 1, 0.5, 0.25
 * ```
 */
export async function fitMinMaxOfBlocks(
  source: RowBlocks,
  options: MinMaxOptions & BlockPassOptions = {},
): Promise<FittedTransform> {
  const { present, memory, signal } = options;
  countPresent('fitMinMaxOfBlocks', source, present);
  const range = rangeFinder('fitMinMaxOfBlocks', source.columns, options);
  for await (const block of source.blocks({ memory, signal }))
    range.add(block.features, presentInBlock(block, present));
  return range.finish(source.precision);
}
