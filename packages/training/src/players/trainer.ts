import { CrossmodalError, type FitOptions } from '@crossmodal/core';
import { adjustTerms, evaluateTerms, type TermAdjustment } from '@crossmodal/losses';
import { compile, unflattenTensors, type Module, type tf } from '@crossmodal/tensors';
import { alternate } from '../alternate.js';
import type { BatchSource } from '../batches/batch-source.js';
import { checkpoints } from '../checkpoints.js';
import { fitLoop, type FitLoopResult } from '../fit-loop.js';
import type { ConvergenceRule } from '../convergence/convergence-rule.js';
import type { Schedule } from '../schedules/schedule.js';
import { trainingStep, type TrainingStep } from '../training-step.js';
import { flattenBatches, type BatchForm } from './flatten-batches.js';
import type { AnyPlayer } from './player.js';

/** A {@link TermAdjustment} of one of several players; an added term without `player` is the first one's. */
export type PlayerTermAdjustment<State> = TermAdjustment<State> & { readonly player?: string };

/** Options of {@link createTrainer}. */
export interface TrainerOptions<Batch> {
  /** One, or several that take turns, a batch per step. */
  readonly players: readonly AnyPlayer<Batch>[];
  /** Modules whose last good state is put back when a loss is not finite, beside the optimisers' own. */
  readonly modules: readonly Pick<Module, 'variables'>[];
  /** Changes to the players' terms. @defaultValue none */
  readonly adjustments?: readonly PlayerTermAdjustment<never>[];
  /** What errors about adjustments name, such as the method whose option they are. @defaultValue 'createTrainer' */
  readonly where?: string;
}

/** Options of {@link Trainer.run}. */
export interface TrainerRun<Batch> extends Pick<FitOptions, 'signal' | 'onProgress'> {
  /** The data of each step. */
  readonly batches: BatchSource<Batch>;
  /** Most steps, 0 or more. */
  readonly steps: number;
  /** Stage in the history and in progress events. @defaultValue 'train' */
  readonly phase?: string;
  /** Where the run stands in a training of several, see `LoopOptions.stage`. @defaultValue `{ first: 0, total: steps }` */
  readonly stage?: { readonly first: number; readonly total: number };
  /** The one player that moves. @defaultValue all, in turn */
  readonly only?: string;
  /** Ends the run before `steps`, without labels. */
  readonly convergence?: ConvergenceRule;
}

/** Players with their optimisers, compiled once, for any number of runs. */
export interface Trainer<Batch> extends Module {
  /**
   * Runs the players in turn.
   *
   * @throws DivergedError when a loss is not finite, with the last good state put back; CrossmodalError `aborted` when the signal fires.
   */
  run(options: TrainerRun<Batch>): Promise<FitLoopResult>;
}

/**
 * Compiles the players of a training. The rates of their groups and the weights of their terms may change from step to step; both are inputs
 * of the compiled steps, never constants in them.
 *
 * Its variables are those of the optimisers: captured and restored, they start the training anew.
 *
 * @throws CrossmodalError `option` when there is no player, or an adjustment does not fit.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * import { minibatches, player, sgd } from '@crossmodal/training';
 * const w = tf.variable(tf.scalar(3));
 * const model = { trainable: [w], variables: [w], dispose: () => w.dispose() };
 * const trainer = createTrainer({
 *   modules: [model],
 *   players: [
 *     player({
 *       name: 'fitter',
 *       groups: [{ modules: [model], optimiser: sgd(), rate: 0.1 }],
 *       forward: ({ x }: { readonly x: tf.Tensor }) => tf.sub(x, w),
 *       terms: [{ name: 'error', weight: 1, value: (error) => tf.mean(tf.square(error)) as tf.Scalar }],
 *     }),
 *   ],
 * });
 * const x = { shape: [4, 1], values: Float32Array.of(1, 1, 1, 1) };
 * const batches = minibatches({ data: { x }, batchSize: 2, random: randomSource(1) });
 * const { history } = await trainer.run({ batches, steps: 20 });
 * console.log(history.at(-1)!.losses); // error and total, nearly 0
 * trainer.dispose();
 * w.dispose();
 * ```
 */
export function createTrainer<Batch>({
  players,
  modules,
  adjustments = [],
  where = 'createTrainer',
}: TrainerOptions<Batch>): Trainer<Batch> {
  checkPlayers(where, players, adjustments);
  const scalars: Scalars = {};
  const form: BatchForm<Batch> = {};
  const trainings = players.map((own, p) => {
    const mine = adjustments.filter((adjustment) => concerns(adjustment, own, p === 0, players));
    const terms = adjustTerms(where, own.terms, mine);
    // A head whose term the caller leaves out has no gradient, and stays as it is.
    return stepOf({ ...own, terms }, scalars, form, mine.length > 0);
  });
  const steps = trainings.map(({ step }) => compile(step));
  const keeper = checkpoints({ modules: [...modules, ...trainings] });
  const { learningRate = 0, ...rates } = scalars;
  return {
    trainable: [],
    variables: trainings.flatMap(({ variables }) => variables),
    async run({ batches, only, ...loop }) {
      const turns = players.flatMap(({ name, times = 1 }, p) =>
        only === undefined || only === name ? [{ step: steps[p]!, times }] : [],
      );
      if (turns.length === 0) refuse('only', players.map(({ name }) => `'${name}'`).join(', '), `'${only}'`);
      return fitLoop({
        ...loop,
        // One player has no turns, so its round is every step.
        step: turns.length === 1 ? turns[0]!.step : alternate(turns),
        batches: flattenBatches(batches, form),
        schedule: learningRate,
        rates,
        checkpoint: keeper,
      });
    },
    dispose() {
      for (const step of steps) step.dispose();
      for (const training of trainings) training.dispose();
    },
  };
}

function checkPlayers<Batch>(
  where: string,
  players: readonly AnyPlayer<Batch>[],
  adjustments: readonly PlayerTermAdjustment<never>[],
): void {
  const names = players.map(({ name }) => name);
  if (players.length === 0) refuse('players', 'one player at least', 'none');
  const twice = names.find((name, p) => names.indexOf(name) !== p);
  if (twice !== undefined) refuse('players', 'distinct names', `'${twice}' twice`);
  const lost = adjustments.find(({ player }) => player !== undefined && !names.includes(player));
  if (lost !== undefined)
    refuse(
      'terms',
      `one of the players ${names.map((name) => `'${name}'`).join(', ')}`,
      `'${lost.player}' of term '${lost.name}'`,
      where,
    );
}

function refuse(option: string, expected: string, received: string, where = 'createTrainer'): never {
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${option}'`,
    expected,
    received,
  });
}

/** Rates of groups and weights of terms, by the name of their input. */
type Scalars = Record<string, Schedule | number>;

function stepOf<Batch>(
  own: AnyPlayer<Batch>,
  scalars: Scalars,
  form: BatchForm<Batch>,
  partial: boolean,
): TrainingStep {
  const groups = own.groups.map(({ modules, optimiser, rate }, g) => {
    const input = Object.keys(scalars).length === 0 ? 'learningRate' : `rate ${own.name} ${g}`;
    scalars[input] = rate;
    return { modules, optimiser, rate: input };
  });
  const scheduled = own.terms.flatMap(({ name, weight }) => {
    if (typeof weight === 'number') return [];
    const input = `weight ${own.name} ${name}`;
    scalars[input] = weight;
    return [[name, input] as const];
  });
  const { clipNorm, afterUpdate } = own;
  return trainingStep({
    groups,
    objective(inputs) {
      const weights = Object.fromEntries(
        scheduled.map(([name, input]) => [name, inputs[input] as tf.Scalar]),
      );
      return evaluateTerms(own.terms, own.forward(unflattenTensors(form.batch!, inputs)), weights);
    },
    partial,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    ...(afterUpdate === undefined ? {} : { afterUpdate }),
  });
}

/** Whether an adjustment is of a player: the one it names, the one that has the term, or, for a term that nobody has, the first. */
function concerns<Batch>(
  { name, player }: PlayerTermAdjustment<never>,
  own: AnyPlayer<Batch>,
  first: boolean,
  players: readonly AnyPlayer<Batch>[],
): boolean {
  if (player !== undefined) return player === own.name;
  const owners = players.filter(({ terms }) => terms.some((term) => term.name === name));
  return owners.length === 0 ? first : owners.includes(own);
}
