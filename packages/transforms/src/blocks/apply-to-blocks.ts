import { gatherBlocks, type BlockPassOptions, type DenseMatrix, type RowBlocks } from '@crossmodal/core';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { transformBlocks } from './transform-blocks.js';

/**
 * Applies a fitted transform to rows in blocks and gives the results as one matrix. Only the results and one block are in memory. They equal
 * those of `transform.apply` on all rows bit for bit.
 *
 * @param source - shape `[n, d]`
 * @returns shape `[n, q]`; absent rows are zero
 * @throws CrossmodalError `shape` when `d` is not the dimension the transform was fitted on, or flags are not as many as rows; `aborted`
 * when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2, 0], [2, 4, 1], [3, 6, 0]]));
 * const transform = await fitPcaOfBlocks(rows, { components: 2, random: randomSource(1) });
 * console.log((await applyToBlocks(rows, transform)).columns); // 2
 * ```
 */
export async function applyToBlocks(
  source: RowBlocks,
  transform: FittedTransform,
  { present, memory, signal }: BlockPassOptions = {},
): Promise<DenseMatrix<Float32Array>> {
  return gatherBlocks(transformBlocks(source, transform, present), { memory, signal });
}
