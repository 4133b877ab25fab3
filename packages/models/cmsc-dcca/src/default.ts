import { graphReadout, type ResolvedOptions, type Training } from '@crossmodal/method';
import {
  coefficientOptions,
  graphReadoutOptions,
  latentReadout,
  subspaceInputs,
  subspacePlayers,
  trainByBlocks,
} from '@crossmodal/subspace';
import { correlationTerms, mostCorrelation } from './correlation.js';
import { blockOptions, type partOptions } from './options.js';
import { startHeads } from './start-heads.js';
import type { CmscDccaTypes } from './types.js';
import { unlessLeftOut } from './unless-left-out.js';

type Options = ResolvedOptions<typeof partOptions & typeof blockOptions>;

/** Images in [0, 1], vectors of unit variance. */
export const inputs = subspaceInputs<CmscDccaTypes>('unit');

/**
 * Dense layers start at principal components; then exact coefficients and networks in turn, on
 * `sum_v ||X_v - Xhat_v||^2 / (n d var_v) + lambda_1 sum_v ||Q_v - S Q_v||^2 / n - lambda_3 mean correlation`, the last over the columns of every pair.
 */
export const defaultTraining: Training<CmscDccaTypes, Options> = {
  options: blockOptions,
  stages: [
    { name: 'heads', players: () => ({}), run: startHeads },
    {
      name: 'blocks',
      players: ({ epochs: steps, decoder: reconstruct, ...options }) =>
        subspacePlayers({ ...options, steps, reconstruct, further: correlationTerms(options) }),
      async run(fit, options) {
        const { encoderRate, headRate } = options;
        const { fronts, heads, latentSizes } = fit.network;
        await trainByBlocks(fit, {
          ...options,
          reconstruct: options.decoder,
          encoderRate: [
            { modules: fronts, rate: encoderRate },
            { modules: heads, rate: headRate },
          ],
          further: correlationTerms(options, mostCorrelation(latentSizes)),
        });
      },
    },
  ],
  unused: [
    { when: { decoder: false }, options: ['learningRate'] },
    { when: { selfExpression: false }, options: Object.keys(coefficientOptions) },
  ],
};

const kMeansOptions = { restarts: graphReadoutOptions.restarts };

/** Mean of four graphs of latents and features; k-means of them without self-expression. */
export const defaultReadout = unlessLeftOut(
  graphReadout({ options: graphReadoutOptions }),
  latentReadout<ResolvedOptions<typeof kMeansOptions>>(({ restarts }) => restarts, kMeansOptions),
);
