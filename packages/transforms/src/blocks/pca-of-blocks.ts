import {
  checkNumber,
  gatherBlocks,
  presentInBlock,
  type BlockOptions,
  type RowBlocks,
} from '@crossmodal/core';
import {
  columnMeansOfBlocks,
  covarianceByPasses,
  covarianceOperatorOfBlocks,
  formsCovariance,
  largestEigenpairs,
  largestEigenpairsByPasses,
} from '@crossmodal/linalg';
import { addSquares, checkPcaOptions, fitPca, fromAxes, type PcaOptions } from '../components/pca.js';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { axesByGram } from './axes-by-gram.js';
import { countPresent } from './count-present.js';

/** Options of {@link fitPcaOfBlocks}. */
export interface PcaOfBlocksOptions extends PcaOptions, Pick<BlockOptions, 'signal'> {
  /** Bytes of rows that may be in memory at a time, beside a block. @defaultValue 128 MiB */
  readonly memory?: number;
}

const DEFAULT_MEMORY = 128 * 2 ** 20;

/**
 * Fits principal component analysis on rows that come in blocks and need not fit in memory. The axes equal those of {@link fitPca} up to
 * rounding, except that axes without variance may be zero. The shape decides how they are found:
 *
 * - up to 2,048 columns and at least as many rows: from the covariance, summed up block by block; equal to {@link fitPca} bit for bit where as
 *   many rows are present;
 * - rows that fit in `memory`: by {@link fitPca} itself, also equal bit for bit;
 * - up to 2,048 rows and more columns: from the Gram matrix ({@link gramOfBlocks});
 * - otherwise: from products with the covariance ({@link covarianceByPasses}), each of which reads all rows once; about ten are needed.
 *
 * @param source - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, components]`
 * @throws CrossmodalError as {@link fitPca}; `option` when `memory` is less than 1 byte; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2, 0], [2, 4, 1], [3, 6, 0]]));
 * const transform = await fitPcaOfBlocks(rows, { components: 2, random: randomSource(1) });
 * const reduced = await applyToBlocks(rows, transform); // [3, 2]
 * ```
 */
export async function fitPcaOfBlocks(
  source: RowBlocks,
  options: PcaOfBlocksOptions,
): Promise<FittedTransform> {
  const { components, random, whiten = false, ridge = 0, present, memory = DEFAULT_MEMORY, signal } = options;
  const where = 'fitPcaOfBlocks';
  const { rows, columns, precision } = source;
  const count = countPresent(where, source, present);
  checkPcaOptions(where, options, count, columns);
  checkNumber(where, 'memory', memory, 1);
  const bytes = rows * columns * (precision === 'single' ? 4 : 8);
  if (!formsCovariance(count, columns) && bytes <= memory) {
    return fitPca(await gatherBlocks(source, { signal }), options);
  }
  const means = await columnMeansOfBlocks(source, { present, signal });
  const search = { count: components, random, ...(signal === undefined ? {} : { signal }) };
  const pass = { means, present, signal };
  const axes = formsCovariance(rows, columns)
    ? largestEigenpairs(await covarianceOperatorOfBlocks(source, pass), search)
    : formsCovariance(columns, rows)
      ? await axesByGram(source, { ...pass, count, components, random, memory })
      : await largestEigenpairsByPasses(covarianceByPasses(source, pass), search);
  const squares = whiten && ridge > 0 ? await sumOfSquares(source, means, options) : 0;
  return fromAxes(precision, means, axes, { whiten, floor: ridge * (squares / count) });
}

/** Sum of the squared distances of rows from the means, over all features. */
async function sumOfSquares(
  source: RowBlocks,
  means: Float64Array,
  { present, signal }: PcaOfBlocksOptions,
): Promise<number> {
  let sum = 0;
  for await (const block of source.blocks({ signal }))
    sum = addSquares(sum, block.features, presentInBlock(block, present), means);
  return sum;
}
