import { checkBlockFlags, presentInBlock, type BlockPassOptions, type RowBlocks } from '@crossmodal/core';
import { addToSums, meansOf } from './column-means.js';

/** Options of {@link columnMeansOfBlocks}. */
export interface ColumnMeansOfBlocksOptions extends BlockPassOptions {
  /** Changes a copy of each row, in place, before it counts. */
  readonly prepare?: (row: Float64Array) => void;
}

/**
 * Mean of each column over rows that come in blocks; equal to {@link columnMeans} of all rows bit for bit. It takes one pass for 32-bit
 * numbers, two for 64-bit ones.
 *
 * @param source - shape `[n, d]`
 * @returns length `d`; NaN where no row is present
 * @throws CrossmodalError `shape` when flags are not as many as rows; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2], [3, 6], [5, 1]]));
 * await columnMeansOfBlocks(rows); // 3, 3
 * ```
 */
export async function columnMeansOfBlocks(
  source: RowBlocks,
  options: ColumnMeansOfBlocksOptions = {},
): Promise<Float64Array> {
  checkBlockFlags('columnMeansOfBlocks', source, options.present);
  const means = await meansAround(new Float64Array(source.columns), source, options);
  // As for a matrix: sums of doubles lose digits of their own.
  return source.precision === 'single' ? means : meansAround(means, source, options);
}

async function meansAround(
  centre: Float64Array,
  source: RowBlocks,
  { present, prepare, memory, signal }: ColumnMeansOfBlocksOptions,
): Promise<Float64Array> {
  const sums = new Float64Array(source.columns);
  let count = 0;
  for await (const block of source.blocks({ memory, signal })) {
    const rows = presentInBlock(block, present);
    addToSums(sums, centre, block.features, rows, prepare);
    count += rows.length;
  }
  return meansOf(sums, centre, count);
}
