import { maskedRows, pairedInputs, presenceOf, relativeTargets } from '@crossmodal/assembly';
import type { HistoryEntry } from '@crossmodal/core';
import { objective, reconstruction, selfExpression, type LossTerm } from '@crossmodal/losses';
import { jointSelfExpression, ridgeFactor } from '@crossmodal/self-expressive';
import { compile, readValues, tf, toTensor, type TensorRecord } from '@crossmodal/tensors';
import {
  adam,
  checkpoints,
  cosine,
  fitLoop,
  minibatches,
  trainingStep,
  yieldToEvents,
  type SampleArray,
} from '@crossmodal/training';
import { centredLatent } from './centred-latent.js';
import type { ResolvedDefaultOptions } from './dmsc-options.js';
import { prepareLatents } from './prepare-latents.js';
import type { History, TrainingContext } from './training-context.js';

/**
 * Trains by block coordinates: the coefficients S are solved exactly with the networks fixed, then the networks take steps with S fixed,
 * in turn, under one cosine schedule.
 *
 * With q the centred latents, the objective of a batch B is `sum_v ||X_v - Xhat_v||^2 / (|B| d var_v) + w sum_l ||Q_l - S Q_l||^2 / |B|`; the rows
 * `S Q_l` are targets that stay fixed between two solutions of S. Absent samples take part in neither.
 */
export async function trainByBlocks(
  context: TrainingContext,
  options: ResolvedDefaultOptions,
): Promise<History> {
  const { network, encoder, samples, modalities, random, signal, onProgress } = context;
  const n = samples[0]!.shape[0]!;
  if (options.epochs === 0) return [];
  const masks = modalities.map((modality) => presenceOf(modality));
  const means = network.latentSizes.map((size) => tf.tidy(() => tf.variable(tf.zeros([size]), false)));
  const batchSize = Math.min(options.batchSize, n);
  const stepsPerEpoch = Math.floor(n / batchSize);
  const total = options.epochs * stepsPerEpoch;
  const decoderRate = cosine({ rate: options.learningRate, steps: total });
  const encoderRate = cosine({ rate: options.encoderRate, steps: total });

  const targets = samples.map((sample, v) => relativeTargets(sample, masks[v]));
  const terms = (inputs: TensorRecord): LossTerm[] => {
    const xs = samples.map((_, v) => inputs[`x${v}`]!);
    const latents = network.encode(xs, { training: true });
    const decoded = network.decode(latents, { training: true });
    const rebuilt = decoded.map((xhat, v): LossTerm => {
      const { name } = modalities[v]!;
      const { variance, sampleSize } = targets[v]!;
      const scale = 1 / (batchSize * sampleSize * variance);
      const value = () =>
        tf.mul(reconstruction(inputs[`y${v}`]!, maskedRows(xhat, inputs[`m${v}`])), scale) as tf.Scalar;
      return { name: `reconstruction ${name}`, weight: 1, value };
    });
    const expressed = latents.map((latent, l): LossTerm => {
      const name = latents.length === 1 ? 'self-expression' : `self-expression ${modalities[l]!.name}`;
      const mask = latents.length === 1 ? undefined : inputs[`m${l}`];
      const value = () =>
        tf.mul(
          selfExpression(maskedRows(centredLatent(latent, means[l]!), mask), inputs[`t${l}`]!),
          1 / batchSize,
        ) as tf.Scalar;
      return { name, weight: options.selfExpressionWeight, value };
    });
    return [...rebuilt, ...expressed];
  };
  const training = trainingStep({
    groups: [
      { modules: [network.encoderPart], optimiser: adam(), rate: 'encoderRate' },
      { modules: [network.decoderPart], optimiser: adam() },
    ],
    objective: (inputs) => objective(terms(inputs)),
  });
  const step = compile(training.step);
  const checkpoint = checkpoints({ modules: [network, training] });
  const history: HistoryEntry[] = [];
  try {
    for (let epoch = 0; epoch < options.epochs; epoch += options.refreshEvery) {
      const latents = await encoder.encode(samples, signal);
      const prepared = prepareLatents(latents, modalities);
      await yieldToEvents();
      const data = pairedInputs(
        samples.map((sample, v) => ({ samples: sample, targets: targets[v]!.samples, present: masks[v] })),
      );
      const ridge = options.ridge * ridgeFactor(n, options.ridgeReference);
      const coefficients = jointSelfExpression(prepared, { ridge, width: options.width });
      prepared.forEach(({ features, transform, present }, l) => {
        const mean = tf.tensor1d(transform.state['means'] as Float32Array);
        means[l]!.assign(mean);
        mean.dispose();
        data[`t${l}`] = expressedBy(coefficients, features, present);
      });
      await yieldToEvents();
      const first = epoch * stepsPerEpoch;
      const epochs = Math.min(options.refreshEvery, options.epochs - epoch);
      const outcome = await fitLoop({
        step,
        batches: minibatches({ data, batchSize, dropLast: true, random: random.fork(`batches ${epoch}`) }),
        steps: epochs * stepsPerEpoch,
        stage: { first, total },
        schedule: decoderRate,
        rates: { encoderRate },
        checkpoint,
        ...(signal ? { signal } : {}),
        ...(onProgress ? { onProgress } : {}),
      });
      history.push(...outcome.history);
    }
    return history;
  } finally {
    step.dispose();
    training.dispose();
    tf.dispose(means);
  }
}

/** Rows of `S Q`, zero where the sample is absent. */
function expressedBy(
  coefficients: Float32Array,
  features: Parameters<typeof toTensor>[0],
  present?: Uint8Array,
): SampleArray {
  const { rows: n, columns } = features;
  const values = Float32Array.from(
    readValues(() => tf.matMul(tf.tensor2d(coefficients, [n, n]), toTensor(features))),
  );
  present?.forEach((flag, i) => {
    if (flag === 0) values.fill(0, i * columns, (i + 1) * columns);
  });
  return { shape: [n, columns], values };
}
