import { throwIfAborted, yieldToEvents, type RandomSource, type SampleArray } from '@crossmodal/core';
import { maskedRows, type Term } from '@crossmodal/losses';
import { prepareLatents, type Fit, type PreparedLatent } from '@crossmodal/method';
import { tf, type Module, type TensorsOf } from '@crossmodal/tensors';
import {
  adam,
  cosine,
  createTrainer,
  minibatches,
  player,
  type PlayerGroup,
  type Trainer,
} from '@crossmodal/training';
import { centredLatent } from './centred-latent.js';
import { expressedInBlocks } from './expressed-in-blocks.js';
import { relativeTargets, type RelativeTargets } from './relative-targets.js';
import type { SubspaceState } from './subspace-state.js';
import { reconstructionTerm, selfExpressionTerm } from './subspace-terms.js';
import type { SubspaceTypes } from './subspace-types.js';

/** Part of the encoders with a learning rate of its own. */
export interface EncoderGroup {
  readonly modules: readonly Pick<Module, 'trainable'>[];
  /** Adam's rate at the start of the cosine. */
  readonly rate: number;
}

/** Options of {@link trainByBlocks}. */
export interface BlockTrainingOptions {
  /** Times through the data. @defaultValue 5 */
  readonly epochs?: number;
  /** Samples per step; no more than there are. @defaultValue 100 */
  readonly batchSize?: number;
  /** Adam's rate of the decoders at the start of the cosine. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Rate of the encoders, or groups that together are all of them. @defaultValue 3e-5 */
  readonly encoderRate?: number | readonly EncoderGroup[];
  /** Epochs between solutions of the coefficients S. @defaultValue 2 */
  readonly refreshEvery?: number;
  /** Samples among which S is solved; more are split into random blocks. @defaultValue 500 */
  readonly blockSize?: number;
  /** Ridge of the coefficients; grows with the samples of a block beyond `ridgeReference`. @defaultValue 5 */
  readonly ridge?: number;
  /** Samples up to which the ridge holds. @defaultValue 4500 */
  readonly ridgeReference?: number;
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  readonly width?: number;
  /** Weight of self-expression against the relative reconstruction error. @defaultValue 1 */
  readonly selfExpressionWeight?: number;
  /** Whether there is a self-expression term at all. @defaultValue true */
  readonly selfExpression?: boolean;
  /** Whether decoders take part. @defaultValue true */
  readonly reconstruct?: boolean;
  /** Other terms of the objective. @defaultValue none */
  readonly further?: readonly Term<SubspaceState>[];
}

const DEFAULTS: Required<BlockTrainingOptions> = {
  epochs: 5,
  batchSize: 100,
  learningRate: 1e-3,
  encoderRate: 3e-5,
  refreshEvery: 2,
  blockSize: 500,
  ridge: 5,
  ridgeReference: 4500,
  width: 3,
  selfExpressionWeight: 1,
  selfExpression: true,
  reconstruct: true,
  further: [],
};

/** {@link BlockTrainingOptions} with their defaults. */
type Resolved = Required<BlockTrainingOptions>;

/**
 * Trains by block coordinates: the coefficients S are solved exactly with the networks fixed, within random blocks of samples, then the
 * networks take steps with S fixed, in turn, under one cosine schedule.
 *
 * With q the centred latents, the objective of a batch B is `sum_v ||X_v - Xhat_v||^2 / (|B| d var_v) + w sum_l ||Q_l - S Q_l||^2 / |B|`; the rows
 * `S Q_l` are targets that stay fixed between two solutions of S. Absent samples take part in neither. Other terms are added to it.
 *
 * @throws CrossmodalError `aborted` when the signal fires; DivergedError when a term is not finite, with the last good state put back.
 */
export async function trainByBlocks(
  fit: Fit<SubspaceTypes>,
  given: BlockTrainingOptions = {},
): Promise<void> {
  const options = { ...DEFAULTS, ...given };
  if (options.epochs === 0) return;
  const { network, samples, watch } = fit;
  const random = fit.random.fork('training');
  const { selfExpression: expresses, reconstruct } = options;
  const n = samples[0]!.x.shape[0]!;
  const batchSize = Math.min(options.batchSize, n);
  const stepsPerEpoch = Math.floor(n / batchSize);
  const total = options.epochs * stepsPerEpoch;
  const targets = samples.map(({ x, present }) => relativeTargets(x, present));
  const means = network.latentSizes.map((size) => tf.tidy(() => tf.variable(tf.zeros([size]), false)));
  let trainer: Trainer<Batch> | undefined;
  try {
    trainer = createTrainer<Batch>({
      where: fit.method,
      modules: [network],
      adjustments: fit.terms,
      players: [
        player({
          name: 'network',
          groups: groupsOf(fit, options, total),
          forward: (batch) => forward(fit, batch, { means, reconstruct, expresses }),
          terms: termsOf(options, batchSize, targets),
        }),
      ],
    });
    for (let epoch = 0; epoch < options.epochs; epoch += options.refreshEvery) {
      const expressed = expresses
        ? await solveTargets(fit, options, means, random.fork(`blocks ${epoch}`))
        : [];
      const data = {
        modalities: samples.map(({ x, present }, v) => ({
          x,
          target: reconstruct ? targets[v]!.samples : undefined,
          mask: present && maskOf(present),
        })),
        expressed,
      };
      const epochs = Math.min(options.refreshEvery, options.epochs - epoch);
      await trainer.run({
        batches: minibatches({ data, batchSize, dropLast: true, random: random.fork(`batches ${epoch}`) }),
        steps: epochs * stepsPerEpoch,
        phase: `${fit.label}train`,
        stage: { first: epoch * stepsPerEpoch, total },
        ...watch,
      });
    }
  } finally {
    trainer?.dispose();
    tf.dispose(means);
  }
}

/** What a step is given: samples, targets, and rows of `S Q_l`. */
type Batch = TensorsOf<{
  readonly modalities: readonly {
    readonly x: SampleArray;
    readonly target: SampleArray | undefined;
    readonly mask: SampleArray | undefined;
  }[];
  readonly expressed: readonly SampleArray[];
}>;

function maskOf(present: Uint8Array): SampleArray {
  return { shape: [present.length, 1], values: Float32Array.from(present) };
}

function groupsOf(
  { network }: Fit<SubspaceTypes>,
  { encoderRate, learningRate, reconstruct }: Resolved,
  steps: number,
): PlayerGroup[] {
  const encoders =
    typeof encoderRate === 'number' ? [{ modules: [network.encoderPart], rate: encoderRate }] : encoderRate;
  const decoders = reconstruct ? [{ modules: [network.decoderPart], rate: learningRate }] : [];
  return [...encoders, ...decoders].map(({ modules, rate }) => ({
    modules,
    optimiser: adam(),
    rate: cosine({ rate, steps }),
  }));
}

function termsOf(
  { selfExpression, reconstruct, selfExpressionWeight, further }: Resolved,
  batchSize: number,
  targets: readonly RelativeTargets[],
): Term<SubspaceState>[] {
  const scales = targets.map(({ variance, sampleSize }) => 1 / (batchSize * sampleSize * variance));
  return [
    ...(reconstruct ? [reconstructionTerm({ scales })] : []),
    ...(selfExpression ? [selfExpressionTerm({ weight: selfExpressionWeight, scale: 1 / batchSize })] : []),
    ...further,
  ];
}

function forward(
  { network, samples }: Fit<SubspaceTypes>,
  { modalities, expressed }: Batch,
  {
    means,
    reconstruct,
    expresses,
  }: { readonly means: readonly tf.Tensor[]; readonly reconstruct: boolean; readonly expresses: boolean },
): SubspaceState {
  const context = { training: true };
  const latents = network.encode(
    modalities.map(({ x }) => x),
    context,
  );
  const decoded = reconstruct ? network.decode(latents, context) : [];
  const masks = latents.map((_, l) => (latents.length === 1 ? undefined : modalities[l]!.mask));
  return {
    latents: latents as tf.Tensor2D[],
    masks,
    rebuilt: decoded.map((output, v) => ({
      name: samples[v]!.name,
      target: modalities[v]!.target!,
      output: maskedRows(output, modalities[v]!.mask),
    })),
    expressed: (expresses ? latents : []).map((latent, l) => ({
      name: latents.length === 1 ? '' : samples[l]!.name,
      latent: maskedRows(centredLatent(latent, means[l]!), masks[l]),
      representation: expressed[l]!,
    })),
  };
}

/** Solves S with the networks as they are; rows of `S Q_l`, and the means of Q. */
async function solveTargets(
  fit: Fit<SubspaceTypes>,
  options: Resolved,
  means: readonly tf.Variable[],
  random: RandomSource,
): Promise<SampleArray[]> {
  const prepared = prepareLatents((await fit.read()).latents);
  means.forEach((variable, l) => {
    const mean = tf.tensor1d(meansOf(prepared[l]!));
    variable.assign(mean);
    mean.dispose();
  });
  // Latents that the reader gives beside the network's take part in S alone.
  const expressed = await expressedInBlocks(prepared, {
    ...options,
    count: means.length,
    random,
    pause: async () => {
      await yieldToEvents();
      throwIfAborted(fit.watch.signal, 'train');
    },
  });
  return expressed.map(({ rows, columns, values }) => ({ shape: [rows, columns], values }));
}

function meansOf({ transform }: PreparedLatent): Float32Array {
  return transform!.state['means'] as Float32Array;
}
