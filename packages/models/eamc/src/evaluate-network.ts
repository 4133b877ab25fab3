import { chunkedForward } from '@crossmodal/assembly';
import { randomSource, type DenseMatrix } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { compile, tf } from '@crossmodal/tensors';
import { fitLoop, minibatches, type SampleArray } from '@crossmodal/training';
import type { EamcNetwork } from './create-network.js';
import { encode, forward } from './forward.js';
import { clusteringTerms } from './loss-terms.js';
import { inputNames } from './training-context.js';
import type { TrainingSettings } from './training-settings.js';

/** Samples a pass. */
const CHUNK = 512;

type Samples = Readonly<Record<string, SampleArray>>;

/** Sets the weights of the modalities to the mean of the attention over all samples. */
export async function settleWeights(
  network: EamcNetwork,
  data: Samples,
  signal?: AbortSignal,
): Promise<void> {
  const { attention, modalityWeights } = network;
  if (attention === undefined) return;
  const context = { training: false } as const;
  const names = inputNames(network);
  const scores = chunkedForward({
    where: 'eamc',
    chunk: CHUNK,
    forward: (inputs) => {
      const latents = encode(
        network,
        names.map((name) => inputs[name]!),
        context,
      );
      return { scores: attention.scores(latents, context) };
    },
  });
  try {
    const { values, rows, columns } = (await scores.run(data, signal))['scores']!;
    const means = new Float64Array(columns);
    values.forEach((score, p) => (means[p % columns]! += score / rows));
    const settled = tf.tensor1d(Float32Array.from(means));
    modalityWeights.assign(settled);
    settled.dispose();
  } finally {
    scores.dispose();
  }
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
  const names = inputNames(network);
  const whole = chunkedForward({
    where: 'eamc',
    chunk: CHUNK,
    forward: (inputs) => {
      const { fused, assignments } = forward(
        network,
        names.map((name) => inputs[name]!),
        { training: false },
      );
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
  const names = inputNames(network);
  const step = compile((inputs) => {
    const pass = forward(
      network,
      names.map((name) => inputs[name]!),
      { training: false },
    );
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
