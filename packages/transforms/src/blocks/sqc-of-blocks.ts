import type { BlockPassOptions, RowBlocks } from '@crossmodal/core';
import { columnMeansOfBlocks } from '@crossmodal/linalg';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { inPrecision } from '../fitted/state.js';
import { restoreSqc, rootToUnit } from '../scaling/sqc.js';
import { countPresent } from './count-present.js';

/**
 * Fits {@link fitSqc} on rows in blocks; the transform is the same bit for bit.
 *
 * @param source - shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 4], [9, 1], [4, 4]]));
 * const transform = await fitSqcOfBlocks(rows);
 * console.log((await applyToBlocks(rows, transform)).rows); // 3
 * ```
 */
export async function fitSqcOfBlocks(
  source: RowBlocks,
  options: BlockPassOptions = {},
): Promise<FittedTransform> {
  countPresent('fitSqcOfBlocks', source, options.present);
  const means = await columnMeansOfBlocks(source, { ...options, prepare: rootToUnit });
  return restoreSqc({ means: inPrecision(source.precision, means) });
}
