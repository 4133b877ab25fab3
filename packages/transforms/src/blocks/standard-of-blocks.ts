import type { BlockPassOptions, RowBlocks } from '@crossmodal/core';
import { columnDeviationsOfBlocks, columnMeansOfBlocks } from '@crossmodal/linalg';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { fromMoments } from '../scaling/standardise.js';
import { countPresent } from './count-present.js';

/**
 * Fits {@link fitStandard} on rows in blocks; the transform is the same bit for bit.
 *
 * @param source - shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 5], [3, 5]]));
 * const transform = await fitStandardOfBlocks(rows);
 * console.log((await applyToBlocks(rows, transform)).values); // -1, 0, 1, 0
 * ```
 */
export async function fitStandardOfBlocks(
  source: RowBlocks,
  options: BlockPassOptions = {},
): Promise<FittedTransform> {
  countPresent('fitStandardOfBlocks', source, options.present);
  const means = await columnMeansOfBlocks(source, options);
  return fromMoments(source.precision, means, await columnDeviationsOfBlocks(source, { ...options, means }));
}
