import { gatherBlocks, presentInBlock, type BlockOptions, type RowBlocks } from '@crossmodal/core';
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
  /** Bytes of rows that may be held at a time, where a pass has to compare rows or to go through them often. @defaultValue 128 MiB */
  readonly memory?: number;
}

const DEFAULT_MEMORY = 128 * 2 ** 20;

/**
 * Fits principal component analysis on rows in blocks, which may be more than memory holds; the axes are those of {@link fitPca}, up to
 * rounding and to those without variance.
 *
 * - Of up to 2,048 columns, and no fewer rows, the covariance is summed up block by block; the result is that of {@link fitPca} bit for bit.
 * - Else, if all rows fit in `memory`, they are gathered for {@link fitPca}.
 * - Else, of up to 2,048 rows, their products with each other are summed up ({@link gramOfBlocks}); axes without variance become zero.
 * - Else the covariance is known by its products alone ({@link covarianceByPasses}), each of which is a pass through all rows: about ten.
 *
 * @param source - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, components]`
 * @throws CrossmodalError as {@link fitPca}; `aborted` when the signal fires; whatever the source finds wrong.
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
