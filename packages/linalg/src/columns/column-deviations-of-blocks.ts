import { checkBlockFlags, presentInBlock, type BlockPassOptions, type RowBlocks } from '@crossmodal/core';
import { columnMeansOfBlocks } from './column-means-of-blocks.js';
import { addSquares, isInRange } from './column-deviations.js';

/** Options of {@link columnDeviationsOfBlocks}. */
export interface ColumnDeviationsOfBlocksOptions extends BlockPassOptions {
  /** Mean of each column over the rows that are present, length `d`. @defaultValue {@link columnMeansOfBlocks} */
  readonly means?: Float64Array;
}

/**
 * Population deviation of each column over rows that come in blocks; equal to {@link columnDeviations} of all rows bit for bit.
 *
 * @param source - shape `[n, d]`
 * @returns length `d`; NaN where no row is present
 * @throws CrossmodalError `shape` when flags are not as many as rows; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * await columnDeviationsOfBlocks(blocksOf(fromRows([[1, 5], [3, 5]]))); // 1, 0
 * ```
 */
export async function columnDeviationsOfBlocks(
  source: RowBlocks,
  options: ColumnDeviationsOfBlocksOptions = {},
): Promise<Float64Array> {
  const { present, memory, signal } = options;
  checkBlockFlags('columnDeviationsOfBlocks', source, present);
  const { means = await columnMeansOfBlocks(source, options) } = options;
  const d = source.columns;
  const squares = new Float64Array(d);
  const largest = new Float64Array(d);
  let count = 0;
  for await (const block of source.blocks({ memory, signal })) {
    const rows = presentInBlock(block, present);
    addSquares(squares, block.features, rows, means);
    addLargest(largest, block.features, rows, means);
    count += rows.length;
  }
  const scaled = new Float64Array(d);
  // Squares that overflow or vanish are summed up in units of the largest distance; columns without variance need none.
  if (squares.some((sum, j) => !isInRange(sum) && largest[j]! > 0)) {
    for await (const block of source.blocks({ memory, signal }))
      addSquares(scaled, block.features, presentInBlock(block, present), means, largest);
  }
  return squares.map((sum, j) => {
    if (isInRange(sum)) return Math.sqrt(sum / count);
    return largest[j]! > 0 ? largest[j]! * Math.sqrt(scaled[j]! / count) : largest[j]!;
  });
}

/** Raises the largest distance of each column from its mean. */
function addLargest(
  largest: Float64Array,
  { columns: d, values }: { readonly columns: number; readonly values: ArrayLike<number> },
  rows: Int32Array,
  means: Float64Array,
): void {
  for (const i of rows) {
    for (let j = 0; j < d; j++) {
      const distance = Math.abs(values[i * d + j]! - means[j]!);
      if (!(distance <= largest[j]!)) largest[j] = distance;
    }
  }
}
