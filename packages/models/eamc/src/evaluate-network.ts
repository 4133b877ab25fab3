import { chunkedForward, compile, tf } from '@crossmodal/tensors';
import { randomSource, type DenseMatrix, type SampleArray } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { fitLoop, minibatches } from '@crossmodal/training';
import type { EamcNetwork } from './create-network.js';
import { encode, forward } from './forward.js';
import { clusteringTerms } from './loss-terms.js';
import { modalityBatches } from './training-context.js';
import type { TrainingSettings } from './training-settings.js';

/** Samples a pass. */
const CHUNK = 512;

type Samples = Readonly<Record<string, SampleArray>>;

/** Sets the weights of the modalities to the mean of the attention over the samples that have them, scaled to sum 1. */
export async function settleWeights(
  network: EamcNetwork,
  data: Samples,
  signal?: AbortSignal,
): Promise<void> {
  const { attention, modalityWeights } = network;
  if (attention === undefined) return;
  const context = { training: false } as const;
  const scores = chunkedForward({
    where: 'eamc',
    chunk: CHUNK,
    forward: (inputs) => {
      const batches = modalityBatches(network, inputs);
      const latents = encode(network, batches, context);
      const masks = batches.map(({ mask }) => mask);
      return { scores: attention.scores(latents, context, masks) };
    },
  });
  try {
    const { values, rows, columns } = (await scores.run(data, signal))['scores']!;
    const settled = tf.tensor1d(Float32Array.from(meanScores(values, rows, presence(data, columns))));
    modalityWeights.assign(settled);
    settled.dispose();
  } finally {
    scores.dispose();
  }
}

/** Presence flags of each modality; undefined where all samples have it. */
function presence(data: Samples, modalities: number): (Float32Array | undefined)[] {
  return Array.from({ length: modalities }, (_, v) => data[`m${v}`]?.values);
}

/** Mean of each column `[n, V]` over the samples that have the modality, scaled to sum 1. */
function meanScores(
  scores: Float32Array,
  rows: number,
  present: readonly (Float32Array | undefined)[],
): Float64Array {
  const columns = present.length;
  const means = new Float64Array(columns);
  const counts = present.map((flags) => flags?.reduce((sum, flag) => sum + flag, 0) ?? rows);
  scores.forEach((score, p) => {
    const v = p % columns;
    if (present[v]?.[Math.floor(p / columns)] !== 0) means[v]! += score / counts[v]!;
  });
  if (present.every((flags) => flags === undefined)) return means;
  const sum = means.reduce((total, mean) => total + mean, 0);
  return means.map((mean) => mean / sum);
}

/** What all samples become. */
export interface Evaluation {
  /** Weighted sum of the latents, `[n, q]`. */
  readonly fused: DenseMatrix<Float32Array>;
  /** Soft assignment, `[n, k]`. */
  readonly assignments: DenseMatrix<Float32Array>;
}

/** Applies the network to all samples, chunk by chunk. */
export async function evaluateNetwork(
  network: EamcNetwork,
  data: Samples,
  signal?: AbortSignal,
): Promise<Evaluation> {
  const whole = chunkedForward({
    where: 'eamc',
    chunk: CHUNK,
    forward: (inputs) => {
      const batches = modalityBatches(network, inputs);
      const { fused, assignments } = forward(network, batches, { training: false });
      return { fused, assignments };
    },
  });
  try {
    const { fused, assignments } = await whole.run(data, signal);
    return { fused: fused!, assignments: assignments! };
  } finally {
    whole.dispose();
  }
}

/** Mean of the clustering loss, Eq. 11, over batches of all samples, with the network as it is. */
export async function clusteringLoss(
  network: EamcNetwork,
  data: Samples,
  settings: TrainingSettings,
  signal?: AbortSignal,
): Promise<number> {
  const n = data['x0']!.shape[0]!;
  const step = compile((inputs) => {
    const pass = forward(network, modalityBatches(network, inputs), { training: false });
    return { total: objective(clusteringTerms(pass, settings)).total };
  });
  // Runs are compared on the same batches.
  const random = randomSource(0);
  const batches = minibatches({ data, batchSize: Math.min(settings.batchSize, n), dropLast: true, random });
  try {
    const { history, steps } = await fitLoop({
      step,
      batches,
      steps: batches.stepsPerEpoch,
      schedule: 0,
      phase: 'compare',
      ...(signal ? { signal } : {}),
    });
    return history.reduce((sum, { losses }) => sum + losses['total']! / steps, 0);
  } finally {
    step.dispose();
  }
}
