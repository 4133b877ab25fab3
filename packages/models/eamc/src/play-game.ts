import { discriminatorTerm, generatorTerm } from '@crossmodal/alignment';
import type { GeneratorForm, Term, Weight } from '@crossmodal/losses';
import type { Fit } from '@crossmodal/method';
import {
  adam,
  createTrainer,
  dropoutIfIncomplete,
  minibatches,
  pairBatches,
  player,
  stageSteps,
  type AnyPlayer,
  type Minibatches,
  type PlayerGroup,
  type Schedule,
} from '@crossmodal/training';
import type { EamcState } from './network/eamc-state.js';
import { forward } from './network/forward.js';
import type { EamcBatch, EamcSamples, EamcTypes } from './types.js';

/** Options of {@link playGame}. */
export interface GameOptions {
  readonly epochs: number;
  /** Steps at least, however few samples there are. */
  readonly leastSteps: number;
  /** Samples per step, before their partners are added. */
  readonly batchSize: number;
  /** Share of the samples with several modalities that go without one of them at a step, when some samples of the fit lack modalities. */
  readonly withoutRate: number;
  /** Adam's rates at the start, one per part. */
  readonly rates: {
    readonly encoders: number;
    readonly attention: number;
    readonly head: number;
    readonly discriminators: number;
  };
  /** How all rates but that of the discriminators go on. */
  readonly schedule: (rate: number, steps: number) => Schedule;
  /** Decay of Adam's first moment, of discriminators and of everything else. */
  readonly momentum: { readonly discriminators: number; readonly others: number };
  /** Largest norm of the gradients of a step. */
  readonly clipNorm: number;
  /** Steps of everything else to one of the discriminators. */
  readonly generatorSteps: number;
  /** What encoders, attention and head make small, beside the game. */
  readonly terms: readonly Term<EamcState>[];
  /** The game as the encoders see it; its weight may depend on the share of the steps that lie behind, `0..1`. */
  readonly generator: { readonly weight: (progress: number) => number; readonly form: GeneratorForm };
}

/**
 * Alternates steps of encoders, attention and cluster head with steps of the discriminators, Algorithm 1 of the paper, on minibatches; with
 * partners where the structure of the fit has neighbours.
 *
 * The first player makes `L_c + L_att + gamma L_gen` small. Eq. 12 as printed has the game's sign turned, and Eq. 13 then has no lower bound:
 * both follow Eq. 5 here.
 */
export async function playGame(fit: Fit<EamcTypes>, options: GameOptions): Promise<void> {
  const { network, samples, terms: adjustments, label, watch } = fit;
  const random = fit.random.fork('batches');
  const batches = batchesOf(fit, options);
  const { stepsPerEpoch } = batches;
  const steps = stageSteps({ epochs: options.epochs, stepsPerEpoch, least: options.leastSteps });
  const trainer = createTrainer({
    modules: [network],
    players: playersOf(fit, options, steps),
    adjustments,
  });
  try {
    const without = {
      present: presenceOf(samples),
      rate: options.withoutRate,
      random: random.fork('without'),
    };
    await trainer.run({
      batches: dropoutIfIncomplete(batches, without),
      steps,
      phase: `${label}train`,
      ...watch,
    });
  } finally {
    trainer.dispose();
  }
}

/** Presence flags of each modality; undefined where all samples have it. */
export function presenceOf({ modalities }: EamcSamples): readonly (Float32Array | undefined)[] {
  return modalities.map(({ mask }) => mask?.values);
}

/** Samples per step: no more than there are. */
export function batchSizeOf(
  { modalities }: EamcSamples,
  { batchSize }: { readonly batchSize: number },
): number {
  return Math.min(batchSize, modalities[0]!.x.shape[0]!);
}

function batchesOf(
  { samples, structure: neighbours, random: source }: Fit<EamcTypes>,
  options: GameOptions,
): Minibatches<EamcBatch> {
  const random = source.fork('batches');
  const shared = { data: samples, batchSize: batchSizeOf(samples, options), random };
  return neighbours === undefined
    ? minibatches({ ...shared, dropLast: true })
    : pairBatches({ ...shared, neighbours });
}

function playersOf(
  { network, structure }: Fit<EamcTypes>,
  options: GameOptions,
  steps: number,
): readonly AnyPlayer<EamcBatch>[] {
  const { alignment } = network;
  const { generator, momentum, rates, terms } = options;
  const pass = (batch: EamcBatch) =>
    forward(network, batch, { training: true, partners: structure !== undefined });
  const weight: Weight = (step) => generator.weight(step / steps);
  const everythingElse = player({
    name: 'network',
    groups: groupsOf(network, options, steps),
    forward: pass,
    terms: alignment === undefined ? terms : [...terms, generatorTerm(alignment, { ...generator, weight })],
    times: options.generatorSteps,
    clipNorm: options.clipNorm,
  });
  if (alignment === undefined) return [everythingElse];
  const discriminators = player({
    name: 'discriminators',
    groups: [
      {
        modules: [alignment],
        optimiser: adam({ beta1: momentum.discriminators }),
        rate: rates.discriminators,
      },
    ],
    forward: pass,
    terms: [discriminatorTerm(alignment)],
  });
  return [everythingElse, discriminators];
}

function groupsOf(
  { encoders, attention, hidden, logits }: EamcTypes['network'],
  { rates, momentum, schedule }: GameOptions,
  steps: number,
): readonly PlayerGroup[] {
  const optimiser = adam({ beta1: momentum.others });
  // A schedule wants one step at least, a training none.
  const decay = (rate: number) => schedule(rate, Math.max(1, steps));
  return [
    { modules: encoders, optimiser, rate: decay(rates.encoders) },
    ...(attention === undefined ? [] : [{ modules: [attention], optimiser, rate: decay(rates.attention) }]),
    { modules: [hidden, logits], optimiser, rate: decay(rates.head) },
  ];
}
