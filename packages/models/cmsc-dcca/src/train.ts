import { trainByBlocks, trainJointly, type SubspaceContext } from '@crossmodal/assembly';
import type { HistoryEntry } from '@crossmodal/core';
import type { ResolvedDefaultOptions, ResolvedPaperOptions } from './cmsc-dcca-options.js';
import { correlationTerm } from './correlation-term.js';
import type { CmscDccaNetwork } from './network.js';

/**
 * Trains the default: block coordinates with exact coefficients on
 * `sum_v ||X_v - Xhat_v||^2 / (n d var_v) + lambda_1 sum_v ||Q_v - S Q_v||^2 / n - lambda_3 mean correlation`, the last over the columns of every pair.
 */
export function trainDefault(
  context: SubspaceContext,
  network: CmscDccaNetwork,
  options: ResolvedDefaultOptions,
): Promise<readonly HistoryEntry[]> {
  const { correlation, correlationWeight, correlationRidge, decoder, encoderRate, headRate } = options;
  return trainByBlocks(context, {
    ...options,
    reconstruct: decoder,
    encoderRate: [
      { modules: network.fronts, rate: encoderRate },
      { modules: network.heads, rate: headRate },
    ],
    ...(correlation
      ? {
          further: correlationTerm(
            correlationWeight / mostCorrelation(network.latentSizes),
            correlationRidge,
          ),
        }
      : {}),
  });
}

/**
 * Trains as the paper does: Eq. 8, then Eq. 9, `||S||^2 + lambda_1 sum_v ||Z_v - S Z_v||^2 + lambda_2 sum_v ||X_v - Xhat_v||^2 - lambda_3 tr sqrt(T^T T)`, sums over
 * samples and features. Rows are samples here, columns in the paper.
 */
export function trainPaper(
  context: SubspaceContext,
  options: ResolvedPaperOptions,
): Promise<readonly HistoryEntry[]> {
  const { correlation, correlationWeight, correlationRidge, decoder } = options;
  const every = (weight: number) => context.modalities.map(() => weight);
  return trainJointly(context, {
    ...options,
    reconstruct: decoder,
    reconstructionWeights: every(options.reconstructionWeight),
    coefficientWeight: 1,
    selfExpressionWeights: every(options.selfExpressionWeight),
    ...(correlation ? { further: correlationTerm(correlationWeight, correlationRidge) } : {}),
  });
}

/** The largest value that the correlation of every pair together can have. */
function mostCorrelation(sizes: readonly number[]): number {
  let sum = 0;
  sizes.forEach((size, w) => {
    for (let v = 0; v < w; v++) sum += Math.min(size, sizes[v]!);
  });
  return sum;
}
