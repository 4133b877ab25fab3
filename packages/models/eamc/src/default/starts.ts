import type { ResolvedOptions, Stage } from '@crossmodal/method';
import {
  neighbourPartition,
  stageSteps,
  startHeadFromPartition,
  trainByContrast,
} from '@crossmodal/training';
import type { tf } from '@crossmodal/tensors';
import { forward } from '../network/forward.js';
import { settleWeights } from '../network/settle-weights.js';
import type { trainingOptions } from '../options.js';
import { batchSizeOf, trainingBatches } from '../training-batches.js';
import type { EamcTypes } from '../types.js';

type TrainingOptions = ResolvedOptions<typeof trainingOptions>;

/** Share of the samples with several modalities that go without one of them at a step, when some samples of the fit lack modalities. */
export const WITHOUT_RATE = 0.8;

/**
 * Draws the fused latents of neighbours together, which starts encoders and attention. From random weights the divergences lock into whatever
 * partition comes first.
 */
export const contrastStage: Stage<EamcTypes, TrainingOptions> = {
  name: 'contrast',
  players: () => ({}),
  async run(fit, options) {
    const { network, label, watch } = fit;
    const { attention, encoders } = network;
    const random = fit.random.fork('batches');
    const streams = { order: random.fork('contrast'), without: random.fork('contrast without') };
    const withoutRate = WITHOUT_RATE;
    const { batches, stepsPerEpoch } = trainingBatches(fit, { ...options, withoutRate }, streams);
    const steps = stageSteps({ epochs: options.contrastEpochs, stepsPerEpoch, least: options.leastSteps });
    if (steps === 0) return;
    await trainByContrast({
      modules: attention === undefined ? encoders : [...encoders, attention],
      // The head is not trained here, but its running statistics move.
      restorable: [network],
      represent: (batch) => forward(network, batch, { training: true }).fused,
      batches,
      steps,
      rate: options.learningRate,
      temperature: options.contrastTemperature,
      phase: `${label}contrast`,
      ...watch,
    });
  },
};

/** Teaches the head the clusters of k-means in the fused latents, drawn towards their neighbours once: the partition that divides the fewest. */
export const headStage: Stage<EamcTypes, TrainingOptions> = {
  name: 'head',
  players: () => ({}),
  async run(fit, options) {
    if (options.headEpochs === 0) return;
    const { network, samples, clusters, label, watch } = fit;
    const { hidden, logits } = network;
    await settleWeights(fit);
    const { embedding } = await fit.read();
    const batchSize = batchSizeOf(samples, options);
    const context = { training: true };
    const random = fit.random.fork('batches');
    await startHeadFromPartition(embedding, {
      partition: neighbourPartition(embedding, { clusters, neighbours: fit.structure!, random, ...watch }),
      modules: [hidden, logits],
      logits: (z) => logits.apply(hidden.apply(z, context), context) as tf.Tensor2D,
      clusters,
      steps: stageSteps({
        epochs: options.headEpochs,
        stepsPerEpoch: Math.floor(embedding.rows / batchSize),
        least: Math.ceil(options.leastSteps / 4),
      }),
      batchSize,
      rate: options.learningRate,
      random,
      phase: `${label}head`,
      ...watch,
    });
  },
};
