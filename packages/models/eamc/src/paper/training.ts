import type { Fit, ResolvedOptions, Training } from '@crossmodal/method';
import { constant } from '@crossmodal/training';
import { settleWeights } from '../network/settle-weights.js';
import { clusteringTerms, type ClusteringForms } from '../objective/clustering-terms.js';
import { attentionTerm } from '../objective/fusion-terms.js';
import { paperTrainingOptions } from '../options.js';
import { clusteringLoss } from '../training/clustering-loss.js';
import { playGame } from '../training/play-game.js';
import type { EamcTypes } from '../types.js';

type TrainingOptions = ResolvedOptions<typeof paperTrainingOptions>;

/** What the text says of the clustering loss, and what the public code does. */
const forms: Readonly<Record<TrainingOptions['reading'], ClusteringForms>> = {
  text: {
    kernelOf: 'fused',
    kernel: { distance: 'euclidean', width: 'median' },
    separation: { normaliser: 'clusters' },
    simplex: { normaliser: 'clusters', distance: 'euclidean' },
    orthogonality: { normaliser: 'none' },
  },
  code: {
    kernelOf: 'hidden',
    kernel: { distance: 'squared', width: 'medianSquare' },
    separation: { normaliser: 'pairs' },
    simplex: { normaliser: 'pairs', distance: 'squared' },
    orthogonality: { normaliser: 'pairs' },
  },
};

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
      clusteringLoss(fit, clusteringTerms(forms[reading]), { ...options, leastSteps }),
  },
};

/** Decay of Adam's first moment and largest norm of the gradients are those of the public code; the paper is silent. */
async function train(fit: Fit<EamcTypes>, options: TrainingOptions): Promise<void> {
  const { reading, adversaryWeight } = options;
  const { kernel } = forms[reading];
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
      ...clusteringTerms(forms[reading]),
      ...(fit.network.attention === undefined
        ? []
        : [attentionTerm({ weight: 1, kernel, reduction: 'sum' })]),
    ],
    generator: { form: reading === 'text' ? 'minimax' : 'nonSaturating', weight: () => adversaryWeight },
  });
}
