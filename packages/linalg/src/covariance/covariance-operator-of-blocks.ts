import type { RowBlocks } from '@crossmodal/core';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import { covarianceOfBlocks, type CovarianceOfBlocksOptions } from './covariance-of-blocks.js';
import { formedOperator } from './formed-operator.js';

/**
 * The covariance of rows that come in blocks as an operator `[d, d]`. It is formed once. Its products equal those of
 * {@link covarianceOperator} bit for bit where that forms the matrix too ({@link formsCovariance}).
 *
 * @param source - X, shape `[n, d]`; the matrix takes `8 d^2` bytes
 * @throws CrossmodalError `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const covariance = await covarianceOperatorOfBlocks(blocksOf(fromRows([[-1, 1], [1, 3]])));
 * const image = new Float64Array(2);
 * covariance.multiply(Float64Array.of(1, 0), image, 1);
 * console.log(image); // 1, 1
 * ```
 */
export async function covarianceOperatorOfBlocks(
  source: RowBlocks,
  options: CovarianceOfBlocksOptions = {},
): Promise<SymmetricOperator> {
  return formedOperator((await covarianceOfBlocks(source, options)).values, source.columns);
}
