import { discriminatorTerm, generatorTerm, type GeneratorTermOptions } from '@crossmodal/alignment';
import { attentionTerm, type AttentionTermOptions, type Term } from '@crossmodal/losses';
import type { Fit, OptionsOf, StagePlayers } from '@crossmodal/method';
import {
  adam,
  createTrainer,
  player,
  stageSteps,
  type AnyPlayer,
  type PlayerGroup,
  type Schedule,
} from '@crossmodal/training';
import type { EamcState } from './network/eamc-state.js';
import { forward } from './network/forward.js';
import type { partOptions } from './options.js';
import { trainingBatches, type TrainingBatchOptions } from './training-batches.js';
import type { EamcBatch, EamcTypes } from './types.js';

/** Options of {@link playGame}. */
export interface GameOptions extends TrainingBatchOptions {
  readonly epochs: number;
  /** Steps at least, however few samples there are. */
  readonly leastSteps: number;
  /** Adam's rates at the start, one per part. */
  readonly rates: Readonly<Record<'encoders' | 'attention' | 'head' | 'discriminators', number>>;
  /** How all rates but that of the discriminators go on. */
  readonly schedule: (rate: number, steps: number) => Schedule;
  /** Decay of Adam's first moment, of discriminators and of everything else. */
  readonly momentum: Readonly<Record<'discriminators' | 'others', number>>;
  /** Largest norm of the gradients of a step. */
  readonly clipNorm: number;
  /** Steps of everything else to one of the discriminators. */
  readonly generatorSteps: number;
  /** What encoders, attention and head make small, beside attention loss and game. */
  readonly terms: readonly Term<EamcState>[];
  /** The attention loss, where there is attention. */
  readonly attention: AttentionTermOptions;
  /** The game as the encoders see it; its weight may depend on the share of the steps that lie behind, `0..1`. */
  readonly generator: Pick<GeneratorTermOptions, 'form'> & { readonly weight: (progress: number) => number };
}

/**
 * Alternates steps of encoders, attention and cluster head with steps of the discriminators, Algorithm 1 of the paper, on minibatches; with
 * partners where the structure of the fit has neighbours.
 *
 * The first player makes `L_c + L_att + gamma L_gen` small. Eq. 12 as printed has the game's sign turned, and Eq. 13 then has no lower bound:
 * both follow Eq. 5 here.
 */
export async function playGame(fit: Fit<EamcTypes>, options: GameOptions): Promise<void> {
  const { method, network, terms: adjustments, label, watch } = fit;
  const order = fit.random.fork('batches');
  const streams = { order, without: order.fork('without') };
  const { batches, stepsPerEpoch } = trainingBatches(fit, options, streams);
  const steps = stageSteps({ epochs: options.epochs, stepsPerEpoch, least: options.leastSteps });
  const players = playersOf(fit, options, steps);
  const trainer = createTrainer({ modules: [network], players, adjustments, where: method });
  try {
    await trainer.run({ batches, steps, phase: `${label}train`, ...watch });
  } finally {
    trainer.dispose();
  }
}

/** The players of the game with the names of their terms; `terms` are as in {@link GameOptions}. */
export function gamePlayers(
  { epochs, attention, adversary }: OptionsOf<typeof partOptions> & Pick<GameOptions, 'epochs'>,
  terms: GameOptions['terms'],
): StagePlayers {
  if (epochs === 0) return {};
  // An attention of the caller's own takes the place of the option.
  const others = [...((attention ?? true) ? ['attention'] : []), ...(adversary ? ['generator'] : [])];
  const network = [...terms.map(({ name }) => name), ...others];
  return { network, ...(adversary && { discriminators: ['discriminator'] }) };
}

function playersOf(
  { network, structure }: Fit<EamcTypes>,
  options: GameOptions,
  steps: number,
): readonly AnyPlayer<EamcBatch>[] {
  const { attention, alignment } = network;
  const { generator, momentum, rates } = options;
  const pass = (batch: EamcBatch) =>
    forward(network, batch, { training: true, partners: structure !== undefined });
  const weight = (step: number) => generator.weight(step / steps);
  const everythingElse = player({
    name: 'network',
    groups: groupsOf(network, options, steps),
    forward: pass,
    terms: [
      ...options.terms,
      ...(attention === undefined ? [] : [attentionTerm(options.attention)]),
      ...(alignment === undefined ? [] : [generatorTerm(alignment, { ...generator, weight })]),
    ],
    times: options.generatorSteps,
    clipNorm: options.clipNorm,
  });
  if (alignment === undefined) return [everythingElse];
  const optimiser = adam({ beta1: momentum.discriminators });
  const discriminators = player({
    name: 'discriminators',
    groups: [{ modules: [alignment], optimiser, rate: rates.discriminators }],
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
    ...(attention ? [{ modules: [attention], optimiser, rate: decay(rates.attention) }] : []),
    { modules: [hidden, logits], optimiser, rate: decay(rates.head) },
  ];
}
