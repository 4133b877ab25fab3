import { unitRows } from '@crossmodal/transforms';
import { contrastive, crossEntropy, objective } from '@crossmodal/losses';
import { subsampledKMeans } from '@crossmodal/spectral';
import { compile, type tf } from '@crossmodal/tensors';
import { adam, cosine, fitLoop, minibatches, pairBatches, trainingStep } from '@crossmodal/training';
import { evaluateNetwork, settleWeights } from './evaluate-network.js';
import { forward } from './forward.js';
import { halves } from './loss-terms.js';
import { presentBatches } from './present-batches.js';
import { modalityBatches, stageSteps, type History, type TrainingContext } from './training-context.js';
import type { StartSettings } from './training-settings.js';

/**
 * Gives encoders, attention and head a start without labels: the fused latents of neighbours are drawn together by contrast, and the head
 * learns the clusters that k-means finds in them. From random weights the divergences lock into whatever partition comes first.
 */
export async function startNetwork(context: TrainingContext, start: StartSettings): Promise<History> {
  const contrast = await contrastNeighbours(context, start);
  const head = await followCentroids(context, start);
  return [...contrast, ...head];
}

/** Trains encoders and attention on `contrastive` of the fused latents of samples and neighbours. */
async function contrastNeighbours(context: TrainingContext, start: StartSettings): Promise<History> {
  const { network, data, neighbours, settings, label, options } = context;
  const batches = pairBatches({
    data,
    neighbours: neighbours!,
    batchSize: Math.min(settings.batchSize, data['x0']!.shape[0]!),
    random: context.random.fork('contrast'),
  });
  const steps = stageSteps(start.contrastEpochs, batches.stepsPerEpoch, settings.leastSteps);
  if (steps === 0) return [];
  const { attention, encoders } = network;
  const modules = attention === undefined ? encoders : [...encoders, attention];
  const training = trainingStep({
    groups: [{ modules, optimiser: adam() }],
    objective: (inputs) => {
      const { fused } = forward(network, modalityBatches(network, inputs), { training: true });
      const [samples, partners] = halves(fused);
      const value = () => contrastive(samples, partners, { temperature: start.contrastTemperature });
      return objective([{ name: 'contrast', weight: 1, value }]);
    },
  });
  const step = compile(training.step);
  try {
    const schedule = cosine({ rate: start.rate, steps });
    const checkpoint = { modules: [network, training] };
    const phase = `${label}contrast`;
    const random = context.random.fork('contrast without');
    const without = { data, rate: settings.withoutRate, random };
    return (
      await fitLoop({
        step,
        batches: presentBatches(batches, without),
        steps,
        phase,
        schedule,
        checkpoint,
        ...options,
      })
    ).history;
  } finally {
    step.dispose();
    training.dispose();
  }
}

/** Trains the head alone on the clusters of k-means. */
async function followCentroids(context: TrainingContext, start: StartSettings): Promise<History> {
  const { network, data, settings, random, label, options } = context;
  const { signal } = options;
  await settleWeights(network, data, signal);
  if (start.headEpochs === 0) return [];
  const { fused, assignments } = await evaluateNetwork(network, data, signal);
  const n = fused.rows;
  const clusters = assignments.columns;
  const targets = new Float32Array(n * clusters);
  const { labels } = subsampledKMeans(unitRows(fused), {
    clusters,
    random: random.fork('k-means'),
    ...(signal ? { signal } : {}),
  });
  labels.forEach((label, i) => (targets[i * clusters + label] = 1));
  const samples = {
    z: { shape: [n, fused.columns], values: fused.values },
    targets: { shape: [n, clusters], values: targets },
  };
  const batchSize = Math.min(settings.batchSize, n);
  const training = trainingStep({
    groups: [{ modules: [network.hidden, network.logits], optimiser: adam() }],
    objective: ({ z, targets }) => {
      const hidden = network.hidden.apply(z!, { training: true });
      const logits = network.logits.apply(hidden, { training: true }) as tf.Tensor2D;
      const value = () => crossEntropy(logits, targets as tf.Tensor2D);
      return objective([{ name: 'centroids', weight: 1, value }]);
    },
  });
  const step = compile(training.step);
  const batches = minibatches({ data: samples, batchSize, dropLast: true, random: random.fork('head') });
  const least = Math.ceil(settings.leastSteps / 4);
  try {
    const { history } = await fitLoop({
      step,
      batches,
      steps: stageSteps(start.headEpochs, batches.stepsPerEpoch, least),
      phase: `${label}head`,
      schedule: start.rate,
      checkpoint: { modules: [network, training] },
      ...options,
    });
    return history;
  } finally {
    step.dispose();
    training.dispose();
  }
}
