import { CrossmodalError } from '@crossmodal/core';
import type { ResolvedOptions, Training } from '@crossmodal/method';
import { lowRankPowerAffinity, thresholdCoefficients } from '@crossmodal/self-expressive';
import {
  COEFFICIENTS,
  coefficientReadout,
  jointStages,
  selfExpressiveHelpers,
  subspaceInputs,
  subspacePlayers,
} from '@crossmodal/subspace';
import { paperReadoutOptions, paperTrainingOptions } from './options.js';
import type { DmscTypes } from './types.js';

type TrainingOptions = ResolvedOptions<typeof paperTrainingOptions>;
type ReadoutOptions = ResolvedOptions<typeof paperReadoutOptions>;

const players = ({ steps }: TrainingOptions) => subspacePlayers({ steps, coefficients: true });

/** Everything in 0..255. */
export const paperInputs = subspaceInputs<DmscTypes>('pixels');

/**
 * Steps on all samples as the public code takes them, `||S||^2` and all errors as sums; self-expression has half the weight of a modality's
 * reconstruction. Weights are 0.6 and 0.1, and `lambda_2 = 10^(K / 10 - 3)`.
 */
export const paperTraining: Training<DmscTypes, TrainingOptions> = {
  options: paperTrainingOptions,
  complete(options, { clusters, modalities }) {
    const {
      modalityWeights = Array.from({ length: modalities }, (_, v) => (v === 0 ? 0.6 : 0.1)),
      selfExpressionWeight = 10 ** (clusters / 10 - 3),
    } = options;
    if (modalityWeights.length === modalities) return { modalityWeights, selfExpressionWeight };
    throw new CrossmodalError({
      code: 'option',
      where: "dmsc option 'modalityWeights'",
      expected: `${modalities} weights, one per modality`,
      received: String(modalityWeights.length),
    });
  },
  keeps: () => [COEFFICIENTS],
  createHelpers: ({ n }) => selfExpressiveHelpers(n),
  stages: jointStages<DmscTypes, TrainingOptions>((options, { network }) => {
    const weights = options.modalityWeights!;
    // With spatial fusion the one latent has the weight 1/2.
    const halves =
      network.latentSizes.length === 1 && network.kind !== 'affinity'
        ? [0.5]
        : weights.map((weight) => weight / 2);
    return {
      ...options,
      reconstructionWeights: weights,
      selfExpressionWeights: halves.map((half) => options.selfExpressionWeight! * half),
    };
  }, players),
};

/**
 * The strongest trained coefficients, cut to low rank and sharpened by a power; the embedding of the random walk and discretisation, as scikit-learn
 * does it. The share of coefficients kept is `max(0.4 - 0.1 floor((K - 1) / 10), 0.1)`, with the public code's integer division.
 */
export const paperReadout = {
  ...coefficientReadout<ReadoutOptions>({
    options: paperReadoutOptions,
    affinity: (coefficients, { options, clusters, random }) =>
      lowRankPowerAffinity(thresholdCoefficients(coefficients, { energy: options.thresholdEnergy! }), {
        clusters,
        dimension: options.subspaceDimension,
        power: options.affinityPower,
        random,
      }),
    spectral: { weighting: 'none', rowNormalise: false, degreeScale: true, assignment: 'discretize' },
  }),
  complete: ({ thresholdEnergy }: ReadoutOptions, { clusters }: { readonly clusters: number }) => ({
    thresholdEnergy: thresholdEnergy ?? Math.max(0.4 - 0.1 * Math.floor((clusters - 1) / 10), 0.1),
  }),
};
