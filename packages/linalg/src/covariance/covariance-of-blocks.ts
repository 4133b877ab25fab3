import {
  checkBlockFlags,
  denseMatrix,
  presentInBlock,
  type BlockPassOptions,
  type DenseMatrix,
  type RowBlocks,
} from '@crossmodal/core';
import { columnMeansOfBlocks } from '../columns/column-means-of-blocks.js';
import { covarianceSum } from './covariance-sum.js';

/** Options of {@link covarianceOfBlocks}. */
export interface CovarianceOfBlocksOptions extends BlockPassOptions {
  /** Mean of each column over the rows that are present, length `d`. @defaultValue {@link columnMeansOfBlocks} */
  readonly means?: Float64Array;
}

/**
 * The covariance of columns, `X_c^T X_c / n`, of rows that come in blocks, summed up in 64 bits in one pass. The block size does not change
 * a bit of it.
 *
 * @param source - X, shape `[n, d]`
 * @returns shape `[d, d]`; NaN where no row is present
 * @throws CrossmodalError `shape` when flags are not as many as rows; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[-1, 1], [1, 3]]));
 * console.log((await covarianceOfBlocks(rows)).values); // 1, 1, 1, 1
 * ```
 */
export async function covarianceOfBlocks(
  source: RowBlocks,
  options: CovarianceOfBlocksOptions = {},
): Promise<DenseMatrix<Float64Array>> {
  const { present, memory, signal } = options;
  checkBlockFlags('covarianceOfBlocks', source, present);
  const { means = await columnMeansOfBlocks(source, { present, memory, signal }) } = options;
  const sum = covarianceSum(means);
  for await (const block of source.blocks({ memory, signal }))
    sum.add(block.features, presentInBlock(block, present));
  return denseMatrix(sum.finish(), source.columns, source.columns);
}
