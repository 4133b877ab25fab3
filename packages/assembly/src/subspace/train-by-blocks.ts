import { throwIfAborted, type HistoryEntry, type RandomSource, yieldToEvents, type SampleArray, presenceOf } from '@crossmodal/core';
import { objective, reconstruction, selfExpression, type LossTerm } from '@crossmodal/losses';
import { compile, tf, type Module, type TensorRecord } from '@crossmodal/tensors';
import { adam, checkpoints, cosine, fitLoop, minibatches, trainingStep } from '@crossmodal/training';
import { maskedRows } from '@crossmodal/losses';
import { pairedInputs } from '../inputs/paired-inputs.js';
import { relativeTargets } from '../inputs/relative-targets.js';
import { centredLatent } from './centred-latent.js';
import { expressedInBlocks } from './expressed-in-blocks.js';
import { prepareLatents } from './prepare-latents.js';
import type { FurtherTerms, SubspaceContext } from './subspace-context.js';

/** Part of the encoders with a learning rate of its own. */
export interface EncoderGroup {
  readonly modules: readonly Pick<Module, 'trainable'>[];
  /** Adam's rate at the start of the cosine. */
  readonly rate: number;
}

/** What {@link trainByBlocks} takes beside its context. */
export interface BlockTrainingOptions {
  /** Times through the data. */
  readonly epochs: number;
  /** Samples a step; no more than there are. */
  readonly batchSize: number;
  /** Rate of the decoders at the start of the cosine. */
  readonly learningRate: number;
  /** Rate of the encoders, or groups that together are all of them. */
  readonly encoderRate: number | readonly EncoderGroup[];
  /** Epochs between solutions of the coefficients S. */
  readonly refreshEvery: number;
  /** Samples among which S is solved; more are split into random blocks. */
  readonly blockSize: number;
  /** Ridge of the coefficients; grows with the samples of a block beyond `ridgeReference`. */
  readonly ridge: number;
  /** Samples up to which the ridge holds. */
  readonly ridgeReference: number;
  /** Width of the Gaussian lift, in median squared distances. */
  readonly width: number;
  /** Weight of self-expression against the relative reconstruction error. */
  readonly selfExpressionWeight: number;
  /** Whether there is a self-expression term at all. @defaultValue true */
  readonly selfExpression?: boolean;
  /** Whether decoders take part. @defaultValue true */
  readonly reconstruct?: boolean;
  /** Other terms of the objective. @defaultValue none */
  readonly further?: FurtherTerms;
}

/**
 * Trains by block coordinates: the coefficients S are solved exactly with the networks fixed, within random blocks of samples, then the
 * networks take steps with S fixed, in turn, under one cosine schedule.
 *
 * With q the centred latents, the objective of a batch B is `sum_v ||X_v - Xhat_v||^2 / (|B| d var_v) + w sum_l ||Q_l - S Q_l||^2 / |B|`; the rows
 * `S Q_l` are targets that stay fixed between two solutions of S. Absent samples take part in neither. Other terms are added to it.
 *
 * @throws CrossmodalError `aborted` when the signal fires; `diverged` when a term is not finite, with the last good state put back.
 */
export async function trainByBlocks(
  context: SubspaceContext,
  options: BlockTrainingOptions,
): Promise<readonly HistoryEntry[]> {
  const { network, encoder, samples, modalities, random, signal, onProgress } = context;
  const n = samples[0]!.shape[0]!;
  const { selfExpression: expresses = true, reconstruct = true, further } = options;
  if (options.epochs === 0) return [];
  const masks = modalities.map((modality) => presenceOf(modality));
  const means = network.latentSizes.map((size) => tf.tidy(() => tf.variable(tf.zeros([size]), false)));
  const batchSize = Math.min(options.batchSize, n);
  const stepsPerEpoch = Math.floor(n / batchSize);
  const total = options.epochs * stepsPerEpoch;
  const decoderRate = cosine({ rate: options.learningRate, steps: total });
  const encoders =
    typeof options.encoderRate === 'number'
      ? [{ modules: [network.encoderPart], rate: options.encoderRate }]
      : options.encoderRate;
  const rates = Object.fromEntries(
    encoders.map(({ rate }, g) => [`encoderRate${g}`, cosine({ rate, steps: total })]),
  );

  const targets = samples.map((sample, v) => relativeTargets(sample, masks[v]));
  const terms = (inputs: TensorRecord): LossTerm[] => {
    const xs = samples.map((_, v) => inputs[`x${v}`]!);
    const latents = network.encode(xs, { training: true });
    const decoded = reconstruct ? network.decode(latents, { training: true }) : [];
    const rebuilt = decoded.map((xhat, v): LossTerm => {
      const { name } = modalities[v]!;
      const { variance, sampleSize } = targets[v]!;
      const scale = 1 / (batchSize * sampleSize * variance);
      const value = () =>
        tf.mul(reconstruction(inputs[`y${v}`]!, maskedRows(xhat, inputs[`m${v}`])), scale) as tf.Scalar;
      return { name: `reconstruction ${name}`, weight: 1, value };
    });
    const expressed = (expresses ? latents : []).map((latent, l): LossTerm => {
      const name = latents.length === 1 ? 'self-expression' : `self-expression ${modalities[l]!.name}`;
      const mask = latents.length === 1 ? undefined : inputs[`m${l}`];
      const value = () =>
        tf.mul(
          selfExpression(maskedRows(centredLatent(latent, means[l]!), mask), inputs[`t${l}`]!),
          1 / batchSize,
        ) as tf.Scalar;
      return { name, weight: options.selfExpressionWeight, value };
    });
    const masked = latents.map((_, l) => (latents.length === 1 ? undefined : inputs[`m${l}`]));
    const others = further?.({ latents: latents as tf.Tensor2D[], masks: masked }) ?? [];
    return [...rebuilt, ...expressed, ...others];
  };
  const training = trainingStep({
    groups: [
      ...encoders.map(({ modules }, g) => ({ modules, optimiser: adam(), rate: `encoderRate${g}` })),
      ...(reconstruct ? [{ modules: [network.decoderPart], optimiser: adam() }] : []),
    ],
    objective: (inputs) => objective(terms(inputs)),
  });
  const step = compile(training.step);
  const checkpoint = checkpoints({ modules: [network, training] });
  const pause = async () => {
    await yieldToEvents();
    throwIfAborted(signal, 'train');
  };
  /** Solves S with the networks as they are; rows of `S Q_l`, and the means of Q. */
  const solveTargets = async (own: RandomSource): Promise<Record<string, SampleArray>> => {
    const prepared = prepareLatents(await encoder.encode(samples, signal), modalities);
    means.forEach((variable, l) => {
      const mean = tf.tensor1d(prepared[l]!.transform.state['means'] as Float32Array);
      variable.assign(mean);
      mean.dispose();
    });
    // Latents that the encoder gives beside the network's take part in S alone.
    const expressed = await expressedInBlocks(prepared, {
      ...options,
      count: means.length,
      random: own,
      pause,
    });
    return Object.fromEntries(
      expressed.map(({ columns, values }, l) => [`t${l}`, { shape: [n, columns], values }]),
    );
  };
  const history: HistoryEntry[] = [];
  try {
    for (let epoch = 0; epoch < options.epochs; epoch += options.refreshEvery) {
      const data = pairedInputs(
        samples.map((sample, v) => ({
          samples: sample,
          targets: reconstruct ? targets[v]!.samples : undefined,
          present: masks[v],
        })),
      );
      if (expresses) Object.assign(data, await solveTargets(random.fork(`blocks ${epoch}`)));
      const first = epoch * stepsPerEpoch;
      const epochs = Math.min(options.refreshEvery, options.epochs - epoch);
      const outcome = await fitLoop({
        step,
        batches: minibatches({ data, batchSize, dropLast: true, random: random.fork(`batches ${epoch}`) }),
        steps: epochs * stepsPerEpoch,
        stage: { first, total },
        schedule: decoderRate,
        rates,
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
