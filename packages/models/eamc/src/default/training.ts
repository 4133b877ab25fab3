import { denseMatrix } from '@crossmodal/core';
import { clusteringTerms, gaussianKernel, pairedDivergence, type Term } from '@crossmodal/losses';
import type { ResolvedOptions, Training } from '@crossmodal/method';
import { jointNeighbours } from '@crossmodal/self-expressive';
import { cosine } from '@crossmodal/training';
import { unitRows } from '@crossmodal/transforms';
import type { EamcState } from '../network/eamc-state.js';
import { settleWeights } from '../network/settle-weights.js';
import { trainingOptions, type partOptions } from '../options.js';
import { clusteringLoss } from '../clustering-loss.js';
import { gamePlayers, playGame } from '../play-game.js';
import type { EamcTypes } from '../types.js';
import { contrastStage, headStage, WITHOUT_RATE } from './starts.js';

type TrainingOptions = ResolvedOptions<typeof partOptions & typeof trainingOptions>;

const kernel = { medianRows: 50 };
const clustering = clusteringTerms<EamcState>({
  kernel: ({ hidden }) => gaussianKernel(hidden, kernel),
  orthogonality: { reduction: 'sampleMean' },
});

function termsOf({ pairWeight: weight }: TrainingOptions): readonly Term<EamcState>[] {
  return [...clustering, { name: 'pairs', weight, value: ({ partners }) => pairedDivergence(...partners!) }];
}

/** A start from neighbours and k-means, then the paper's game in the code's forms, with an adversary that does not win. */
export const defaultTraining: Training<EamcTypes, TrainingOptions> = {
  options: trainingOptions,
  /** Neighbours by the sum of the cosines in all modalities. */
  explore({ samples: { modalities }, options: { neighbours }, signal }) {
    const rows = modalities.map(({ x: { shape, values }, mask }) => ({
      features: unitRows(denseMatrix(values, shape[0]!, shape[1]!)),
      present: mask && Uint8Array.from(mask.values),
    }));
    return jointNeighbours(rows, { neighbours, signal });
  },
  stages: [
    contrastStage,
    headStage,
    {
      name: 'train',
      players: (options) => gamePlayers(options, termsOf(options)),
      run: (fit, options) =>
        playGame(fit, {
          ...options,
          withoutRate: WITHOUT_RATE,
          rates: {
            encoders: options.encoderRate,
            attention: options.learningRate,
            head: options.learningRate,
            discriminators: options.discriminatorRate,
          },
          schedule: (rate, steps) => cosine({ rate, steps }),
          momentum: { discriminators: 0.5, others: 0.9 },
          clipNorm: 5,
          generatorSteps: 2,
          terms: termsOf(options),
          attention: { weight: options.attentionWeight, kernel, reduction: 'mean' },
          generator: {
            form: 'nonSaturating',
            // None for a quarter of the steps, growing for another.
            weight: (progress) =>
              options.adversaryWeight * Math.min(1, Math.max(0, (progress - 0.25) / 0.25)),
          },
        }),
    },
  ],
  settle: settleWeights,
  restarts: {
    runs: ({ runs }) => runs,
    loss: (fit, options) => clusteringLoss(fit, clustering, options),
  },
};
