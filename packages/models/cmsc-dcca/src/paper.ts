import type { ResolvedOptions, Training } from '@crossmodal/method';
import { symmetricAffinity } from '@crossmodal/self-expressive';
import {
  COEFFICIENTS,
  coefficientReadout,
  jointStages,
  latentReadout,
  selfExpressiveHelpers,
  subspacePlayers,
} from '@crossmodal/subspace';
import { correlationTerms } from './correlation.js';
import { unlessLeftOut } from './unless-left-out.js';
import { paperTrainingOptions, type partOptions } from './options.js';
import type { CmscDccaTypes } from './types.js';

type Options = ResolvedOptions<typeof partOptions & typeof paperTrainingOptions>;

const players = ({ decoder: reconstruct, ...options }: Options) =>
  subspacePlayers({ ...options, reconstruct, coefficients: true, further: correlationTerms(options) });

/**
 * Eq. 8, then Eq. 9, `||S||^2 + lambda_1 sum_v ||Z_v - S Z_v||^2 + lambda_2 sum_v ||X_v - Xhat_v||^2 - lambda_3 tr sqrt(T^T T)`, sums over
 * samples and features. Rows are samples here, columns in the paper.
 */
export const paperTraining: Training<CmscDccaTypes, Options> = {
  options: paperTrainingOptions,
  keeps: ({ selfExpression }) => (selfExpression ? [COEFFICIENTS] : []),
  createHelpers: ({ n, options }) =>
    options.selfExpression ? selfExpressiveHelpers(n) : { variables: [], dispose() {} },
  stages: jointStages<CmscDccaTypes, Options>((options, { modalities }) => {
    const every = (weight: number) => modalities.map(() => weight);
    return {
      ...options,
      reconstruct: options.decoder,
      reconstructionWeights: every(options.reconstructionWeight),
      coefficientWeight: 1,
      selfExpressionWeights: every(options.selfExpressionWeight),
      further: correlationTerms(options),
    };
  }, players),
  unused: [
    { when: { decoder: false }, options: ['reconstructionWeight', 'pretrainSteps'] },
    { when: { selfExpression: false }, options: ['selfExpressionWeight'] },
  ],
};

/** Eq. 3, `(|S| + |S^T|) / 2`, and plain spectral clustering; k-means of the latents without self-expression. */
export const paperReadout = unlessLeftOut(
  coefficientReadout({
    affinity: (coefficients) => symmetricAffinity(coefficients),
    spectral: { weighting: 'none', extraEigenvectors: 0 },
  }),
  latentReadout(() => 10),
);
