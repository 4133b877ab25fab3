import { clusteringTerms, gaussianKernel } from '@crossmodal/losses';
import type { ResolvedOptions, Training } from '@crossmodal/method';
import { constant } from '@crossmodal/training';
import { clusteringLoss } from '../clustering-loss.js';
import type { EamcState } from '../network/eamc-state.js';
import { settleWeights } from '../network/settle-weights.js';
import { paperTrainingOptions, type partOptions } from '../options.js';
import { gamePlayers, playGame } from '../play-game.js';
import type { EamcTypes } from '../types.js';

type TrainingOptions = ResolvedOptions<typeof partOptions & typeof paperTrainingOptions>;

const textKernel = { distance: 'euclidean', width: 'median' } as const;

/** What the text says of kernels, clustering loss and game, and what the public code does. */
const readings = {
  text: {
    kernel: textKernel,
    clustering: clusteringTerms<EamcState>({
      kernel: ({ fused }) => gaussianKernel(fused, textKernel),
      separation: { normaliser: 'clusters' },
      simplex: { normaliser: 'clusters', distance: 'euclidean' },
      orthogonality: { normaliser: 'none' },
    }),
    form: 'minimax',
  },
  // What the losses do unless they are told otherwise.
  code: {
    kernel: {},
    clustering: clusteringTerms<EamcState>({ kernel: ({ hidden }) => gaussianKernel(hidden) }),
    form: 'nonSaturating',
  },
} as const;

/** Random weights, constant rates, the best of several runs. */
export const paperTraining: Training<EamcTypes, TrainingOptions> = {
  options: paperTrainingOptions,
  stages: [
    {
      name: 'train',
      players: (options) => gamePlayers(options, readings[options.reading].clustering),
      run(fit, { reading, adversaryWeight, ...options }) {
        const { kernel, clustering, form } = readings[reading];
        return playGame(fit, {
          ...options,
          leastSteps: 0,
          withoutRate: 0,
          rates: {
            encoders: options.encoderRate,
            attention: options.attentionRate,
            head: options.headRate,
            discriminators: options.discriminatorRate,
          },
          schedule: constant,
          // Moments and norm are those of the public code; the paper is silent.
          momentum: { discriminators: 0.5, others: 0.95 },
          clipNorm: 0.5,
          terms: clustering,
          attention: { kernel, reduction: 'sum' },
          generator: { form, weight: () => adversaryWeight },
        });
      },
    },
  ],
  settle: settleWeights,
  restarts: {
    runs: ({ runs }) => runs,
    loss: (fit, { reading, ...options }) =>
      clusteringLoss(fit, readings[reading].clustering, { ...options, leastSteps: 0 }),
  },
};
