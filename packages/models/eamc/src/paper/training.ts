import {
  attentionTerm,
  clusteringTerms,
  gaussianKernel,
  type ClusteringTermOptions,
  type GaussianKernelOptions,
} from '@crossmodal/losses';
import type { Fit, ResolvedOptions, Training } from '@crossmodal/method';
import { constant } from '@crossmodal/training';
import type { EamcState } from '../network/eamc-state.js';
import { settleWeights } from '../network/settle-weights.js';
import { paperTrainingOptions } from '../options.js';
import { clusteringLoss } from '../clustering-loss.js';
import { playGame } from '../play-game.js';
import type { EamcTypes } from '../types.js';

type TrainingOptions = ResolvedOptions<typeof paperTrainingOptions>;

/** What the text says of kernels and clustering loss, and what the public code does. */
const forms = {
  text: formOf({ distance: 'euclidean', width: 'median' }, 'fused', {
    separation: { normaliser: 'clusters' },
    simplex: { normaliser: 'clusters', distance: 'euclidean' },
    orthogonality: { normaliser: 'none' },
  }),
  code: formOf({ distance: 'squared', width: 'medianSquare' }, 'hidden', {
    separation: { normaliser: 'pairs' },
    simplex: { normaliser: 'pairs', distance: 'squared' },
    orthogonality: { normaliser: 'pairs' },
  }),
};

function formOf(
  kernel: GaussianKernelOptions,
  of: 'fused' | 'hidden',
  terms: Omit<ClusteringTermOptions<EamcState>, 'kernel'>,
) {
  return {
    kernel,
    clustering: clusteringTerms<EamcState>({
      ...terms,
      kernel: (state) => gaussianKernel(state[of], kernel),
    }),
  };
}

/** Neither has a least number of steps. */
const leastSteps = 0;

/** Random weights, constant rates, the best of several runs. */
export const paperTraining: Training<EamcTypes, TrainingOptions> = {
  options: paperTrainingOptions,
  stages: [{ name: 'train', run: train }],
  settle: settleWeights,
  restarts: {
    runs: ({ runs }) => runs,
    loss: (fit, { reading, ...options }) =>
      clusteringLoss(fit, forms[reading].clustering, { ...options, leastSteps }),
  },
};

/** Decay of Adam's first moment and largest norm of the gradients are those of the public code; the paper is silent. */
async function train(fit: Fit<EamcTypes>, options: TrainingOptions): Promise<void> {
  const { reading, adversaryWeight } = options;
  const { kernel, clustering } = forms[reading];
  await playGame(fit, {
    epochs: options.epochs,
    leastSteps,
    batchSize: options.batchSize,
    withoutRate: 0,
    rates: {
      encoders: options.encoderRate,
      attention: options.attentionRate,
      head: options.headRate,
      discriminators: options.discriminatorRate,
    },
    schedule: constant,
    momentum: { discriminators: 0.5, others: 0.95 },
    clipNorm: 0.5,
    generatorSteps: options.generatorSteps,
    terms: [
      ...clustering,
      ...(fit.network.attention === undefined
        ? []
        : [attentionTerm({ weight: 1, kernel, reduction: 'sum' })]),
    ],
    generator: { form: reading === 'text' ? 'minimax' : 'nonSaturating', weight: () => adversaryWeight },
  });
}
