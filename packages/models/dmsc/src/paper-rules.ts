import { CrossmodalError } from '@crossmodal/core';
import type { ResolvedPaperOptions } from './dmsc-options.js';

/** {@link ResolvedPaperOptions} with what depends on the data. */
export interface CompletePaperOptions extends ResolvedPaperOptions {
  readonly modalityWeights: number[];
  readonly selfExpressionWeight: number;
  readonly thresholdEnergy: number;
}

/**
 * Fills in the rules of the public code: weights 0.6 and 0.1, `lambda_2 = 10^(K / 10 - 3)`, and the share of coefficients kept,
 * `max(0.4 - 0.1 floor((K - 1) / 10), 0.1)` (its integer division).
 *
 * @throws CrossmodalError `option` when there is not one weight a modality.
 */
export function completePaperOptions(
  options: ResolvedPaperOptions,
  clusters: number,
  modalities: number,
): CompletePaperOptions {
  const {
    modalityWeights = Array.from({ length: modalities }, (_, v) => (v === 0 ? 0.6 : 0.1)),
    selfExpressionWeight = 10 ** (clusters / 10 - 3),
    thresholdEnergy = Math.max(0.4 - 0.1 * Math.floor((clusters - 1) / 10), 0.1),
  } = options;
  if (modalityWeights.length !== modalities) {
    throw new CrossmodalError({
      code: 'option',
      where: "dmsc option 'modalityWeights'",
      expected: `${modalities} weights, one a modality`,
      received: String(modalityWeights.length),
    });
  }
  return { ...options, modalityWeights, selfExpressionWeight, thresholdEnergy };
}
