import { autoencoderPlayer, criticPlayer, generatorPlayer, variance } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import type { Fit, Stage } from '@crossmodal/method';
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
import type { Dm2cTypes, MixedBatch, MixedSamples } from '../types.js';
import type { GameSettings } from './game-settings.js';
import { pretrainingTerms, refuseGameTerms } from './terms-of.js';

type MixedFit = Fit<Dm2cTypes>;

/**
 * Algorithm 1: autoencoders are pre-trained (stage `pretrain`); then critics alone for some steps (`critics`); then rounds of one step of the autoencoders,
 * some of the critics, each followed by clipping, and one of the generators (`train`). Every step draws batches of its own.
 *
 * @param settingsOf - the settings that options ask for
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Algorithm 1
 */
export function gameStages<Options>(
  settingsOf: (options: Options) => GameSettings,
): readonly Stage<Dm2cTypes, Options>[] {
  return [
    { name: 'pretrain', run: (fit, options) => pretrain(fit, settingsOf(options)) },
    { name: 'critics', run: (fit, options) => warmUp(fit, settingsOf(options)) },
    { name: 'train', run: (fit, options) => play(fit, settingsOf(options)) },
  ];
}

async function pretrain(fit: MixedFit, settings: GameSettings): Promise<void> {
  const { epochs, ...rates } = settings.pretraining;
  const trainer = createTrainer<MixedBatch>({
    modules: [fit.network],
    players: [autoencoders(fit, settings, { optimiser: adam(), ...rates })],
    adjustments: pretrainingTerms(fit.terms),
  });
  try {
    await trainer.run({
      ...fit.watch,
      batches: batchesOf(fit, settings, 'pretrain'),
      steps: epochs * stepsPerEpoch(fit, settings),
      phase: `${fit.label}pretrain`,
    });
  } finally {
    trainer.dispose();
  }
}

async function warmUp(fit: MixedFit, settings: GameSettings): Promise<void> {
  if (stepsOfGame(fit, settings) === 0) return;
  await gameOf(fit, settings).run({
    ...fit.watch,
    batches: batchesOf(fit, settings, 'critics'),
    steps: settings.criticWarmup,
    phase: `${fit.label}critics`,
    only: 'critics',
  });
}

async function play(fit: MixedFit, settings: GameSettings): Promise<void> {
  const steps = stepsOfGame(fit, settings);
  if (steps === 0) {
    refuseGameTerms(fit.terms);
    return;
  }
  const batches = batchesOf(fit, settings, 'train');
  await gameOf(fit, settings).run({ ...fit.watch, batches, steps, phase: `${fit.label}train` });
}

/** The trainer of the game, one for its warm-up and itself. */
function gameOf(fit: MixedFit, settings: GameSettings): Trainer<MixedBatch> {
  const { network, samples, prepared } = fit;
  const { encoderRate, decoderRate, criticRate, critics: times, clip, weights, cycle } = settings;
  const playing = prepared.informative;
  const context = { training: false };
  const game = {
    mapping: network.mapping,
    critics: network.critics,
    names: namesOf(samples),
    playing,
    encode: (batch: MixedBatch) =>
      network.autoencoders.map((model, v) =>
        playing.includes(v) ? model.encode(batch[v]!.x, context) : undefined,
      ),
  };
  return fit.helpers.game(() =>
    createTrainer<MixedBatch>({
      modules: [network],
      players: [
        autoencoders(fit, settings, { optimiser: rmsprop(), encoderRate, decoderRate }),
        criticPlayer(game, { optimiser: rmsprop(), rate: criticRate, times, clip }),
        generatorPlayer(game, {
          optimiser: rmsprop(),
          rate: settings.generatorRate(stepsOfGame(fit, settings)),
          adversarialWeight: weights.adversarial,
          cycleWeight: weights.cycle,
          cycle,
        }),
      ],
      adjustments: fit.terms,
    }),
  );
}

function autoencoders(
  { network, samples }: MixedFit,
  { weights, reconstruction: { reduction, relative } }: GameSettings,
  rule: { readonly optimiser: Optimiser; readonly encoderRate: number; readonly decoderRate: number },
) {
  return autoencoderPlayer<MixedBatch>({
    ...rule,
    autoencoders: network.autoencoders,
    names: namesOf(samples),
    inputs: (batch) => batch.map(({ x }) => x),
    weight: weights.reconstruction,
    reduction,
    ...(relative && { scales: samples.map(({ x }) => variance(x)) }),
  });
}

function namesOf(samples: readonly MixedSamples[]): readonly string[] {
  return samples.map(({ name }) => name);
}

/** Steps of all players together; none where there is nothing to map. */
function stepsOfGame(fit: MixedFit, settings: GameSettings): number {
  const { adversarial, epochs, critics } = settings;
  if (!adversarial || fit.prepared.informative.length < 2) return 0;
  return epochs * stepsPerEpoch(fit, settings) * (critics + 2);
}

/** Batches of the informative modality that has most of them. */
function stepsPerEpoch({ samples, prepared }: MixedFit, settings: GameSettings): number {
  return Math.max(
    ...prepared.informative.map((v) => {
      const [n = 0] = samples[v]!.x.shape;
      return Math.floor(n / batchSizeOf(samples[v]!, settings));
    }),
  );
}

function batchSizeOf({ x: { shape } }: MixedSamples, { batchSize }: GameSettings): number {
  return Math.min(batchSize, shape[0]!);
}

/** A batch of every modality at each step; each goes through its own rows in epochs of its own. */
function batchesOf(
  { samples, random }: MixedFit,
  settings: GameSettings,
  stage: string,
): BatchSource<MixedBatch> {
  const own: RandomSource = random.fork('training').fork(stage);
  return joinBatches(
    samples.map((modality, v) =>
      minibatches({
        data: { x: modality.x },
        batchSize: batchSizeOf(modality, settings),
        dropLast: true,
        random: own.fork(`modality ${v}`),
      }),
    ),
  );
}
