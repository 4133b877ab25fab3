import type { FitOptions, RandomSource, SampleArray } from '@crossmodal/core';
import type { Autoencoder } from '@crossmodal/encoders';
import { variance } from '@crossmodal/linalg';
import type { Module, tf } from '@crossmodal/tensors';
import {
  adam,
  createTrainer,
  joinBatches,
  minibatches,
  rmsprop,
  type BatchSource,
  type Optimiser,
  type Trainer,
} from '@crossmodal/training';
import type { CriticPair } from '../cycle/create-critic-pairs.js';
import type { CycleMapping } from '../cycle/cycle-mapping.js';
import { autoencoderPlayer } from './autoencoder-player.js';
import { criticPlayer } from './critic-player.js';
import type { CycleSettings } from './cycle-settings.js';
import {
  isOfAutoencoders,
  leavesOutReconstruction,
  pretrainingTerms,
  refuseGameTerms,
  type CycleTerm,
} from './cycle-terms.js';
import { generatorPlayer } from './generator-player.js';

/** Autoencoders, maps between their latents, and critics of the maps. */
export interface CycleNetwork extends Module {
  /** One per modality. */
  readonly autoencoders: readonly Autoencoder[];
  /** The generators. */
  readonly mapping: CycleMapping;
  /** One pair per modality of the mapping's `others`, in that order. */
  readonly critics: readonly CriticPair[];
}

/** Options of {@link createCycleTraining}. */
export interface CycleTrainingOptions {
  readonly network: CycleNetwork;
  /** Inputs `[n_v, ...shape]` of each modality, under its name. */
  readonly samples: readonly { readonly name: string; readonly x: SampleArray }[];
  /** Numbers of the modalities that take part in the game, the anchor among them. @defaultValue all */
  readonly playing?: readonly number[];
  readonly settings: CycleSettings;
  /** Changes to the loss terms. @defaultValue none */
  readonly terms?: readonly CycleTerm[];
}

/** Options of one stage of a {@link CycleTraining}. */
export interface CycleRun extends Pick<FitOptions, 'signal' | 'onProgress'> {
  /** Draws the batches. */
  readonly random: RandomSource;
  /** Name in the history. @defaultValue that of the stage */
  readonly phase?: string;
}

/** The stages of Algorithm 1; each throws a DivergedError when a loss is not finite, and `aborted` when the signal fires. */
export interface CycleTraining {
  /** Autoencoders alone; nothing where a change leaves `reconstruction` out. Where there is no game, refuses changes that only that would use. */
  pretrain(run: CycleRun): Promise<void>;
  /** Critics alone, before the game. */
  critics(run: CycleRun): Promise<void>;
  /** The game: rounds of one step of the autoencoders, unless they have no term, some of the critics, each followed by clipping, and one of the generators. */
  train(run: CycleRun): Promise<void>;
  /** Frees the optimisers; the network stays. */
  dispose(): void;
}

type Batch = readonly { readonly x: tf.Tensor }[];

/**
 * Trains autoencoders, and maps between their latents, of modalities that share no samples. Every step draws a batch of each modality; critics keep
 * their optimiser from their warm-up to the game. Where fewer than two modalities take part there is no game.
 *
 * @throws CrossmodalError `option` when a stage runs and a change to the terms does not fit.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Algorithm 1
 */
export function createCycleTraining(options: CycleTrainingOptions): CycleTraining {
  const { network, settings, terms = [] } = options;
  let game: Trainer<Batch> | undefined;
  const steps = stepsOfGame(options);
  const play = (only?: string) => async (run: CycleRun) => {
    if (steps === 0) return;
    game ??= createGame(options, steps);
    const { random, phase = only ?? 'train', ...watch } = run;
    await game.run({
      ...watch,
      ...(only !== undefined && { only }),
      phase,
      batches: batchesOf(options, random),
      steps: only === undefined ? steps : settings.criticWarmup,
    });
  };
  return {
    async pretrain({ random, phase = 'pretrain', ...watch }) {
      if (steps === 0) refuseGameTerms('createCycleTraining', terms);
      if (leavesOutReconstruction(terms)) return;
      const { epochs, ...rates } = settings.pretraining;
      const trainer = createTrainer<Batch>({
        modules: [network],
        players: [autoencoders(options, { optimiser: adam(), ...rates })],
        adjustments: pretrainingTerms(terms),
      });
      const batches = batchesOf(options, random);
      try {
        await trainer.run({ ...watch, phase, batches, steps: epochs * stepsPerEpoch(options) });
      } finally {
        trainer.dispose();
      }
    },
    critics: play('critics'),
    train: play(),
    dispose: () => game?.dispose(),
  };
}

/** The trainer of all players, one for the warm-up of the critics and the game. */
function createGame(options: CycleTrainingOptions, steps: number): Trainer<Batch> {
  const { network, samples, playing = samples.map((_, v) => v), settings, terms = [] } = options;
  const {
    encoderRate,
    decoderRate,
    criticRate,
    generatorRate,
    critics: times,
    clip,
    weights,
    cycle,
  } = settings;
  const context = { training: false };
  const game = {
    mapping: network.mapping,
    critics: network.critics,
    names: samples.map(({ name }) => name),
    playing,
    encode: (batch: Batch) =>
      network.autoencoders.map((model, v) =>
        playing.includes(v) ? model.encode(batch[v]!.x, context) : undefined,
      ),
  };
  return createTrainer<Batch>({
    modules: [network],
    players: [
      ...(rebuilds(options)
        ? [autoencoders(options, { optimiser: rmsprop(), encoderRate, decoderRate })]
        : []),
      criticPlayer(game, { optimiser: rmsprop(), rate: criticRate, times, clip }),
      generatorPlayer(game, {
        optimiser: rmsprop(),
        rate: generatorRate(steps),
        adversarialWeight: weights.adversarial,
        cycleWeight: weights.cycle,
        cycle,
      }),
    ],
    adjustments: rebuilds(options) ? terms : terms.filter((term) => !leavesOutReconstruction([term])),
  });
}

/** Whether the autoencoders have a term in the game, their own or one that is added. */
function rebuilds({ terms = [] }: CycleTrainingOptions): boolean {
  return !leavesOutReconstruction(terms) || terms.some(isOfAutoencoders);
}

function autoencoders(
  { network, samples, settings: { weights, reconstruction } }: CycleTrainingOptions,
  rule: { readonly optimiser: Optimiser; readonly encoderRate: number; readonly decoderRate: number },
) {
  return autoencoderPlayer<Batch>({
    ...rule,
    autoencoders: network.autoencoders,
    names: samples.map(({ name }) => name),
    inputs: (batch) => batch.map(({ x }) => x),
    weight: weights.reconstruction,
    reduction: reconstruction.reduction,
    ...(reconstruction.relative && { scales: samples.map(({ x }) => variance(x.values) || 1) }),
  });
}

/** Steps of all players together; none where there is nothing to map. */
function stepsOfGame(options: CycleTrainingOptions): number {
  const { samples, playing = samples, settings } = options;
  if (playing.length < 2 || settings.epochs === 0) return 0;
  const others = rebuilds(options) ? 2 : 1;
  return settings.epochs * stepsPerEpoch(options) * (settings.critics + others);
}

/** Batches of the modality in the game that has most of them. */
function stepsPerEpoch({
  samples,
  playing = samples.map((_, v) => v),
  settings,
}: CycleTrainingOptions): number {
  return Math.max(
    ...playing.map((v) => Math.floor(rowsOf(samples[v]!.x) / batchSizeOf(samples[v]!.x, settings))),
  );
}

function batchSizeOf(x: SampleArray, { batchSize }: CycleSettings): number {
  return Math.min(batchSize, rowsOf(x));
}

function rowsOf({ shape: [n = 0] }: SampleArray): number {
  return n;
}

/** A batch of every modality at each step; each goes through its own rows in epochs of its own. */
function batchesOf({ samples, settings }: CycleTrainingOptions, random: RandomSource): BatchSource<Batch> {
  return joinBatches(
    samples.map(({ x }, v) =>
      minibatches({
        data: { x },
        batchSize: batchSizeOf(x, settings),
        dropLast: true,
        random: random.fork(`modality ${v}`),
      }),
    ),
  );
}
