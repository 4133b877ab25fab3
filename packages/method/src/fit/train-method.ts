import type { HistoryEntry, RandomSource } from '@crossmodal/core';
import type { FittedMethod } from '../fitted/fitted-method.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Fit } from '../recipe/training.js';
import { fitClock, type FitClock } from './fit-clock.js';
import { openRun, type OpenRun } from './open-run.js';
import type { PreparedFit } from './prepare-fit.js';
import { recordHistory, type RecordedWatch } from './record-history.js';
import { recoverable } from './recoverable.js';
import { restarts } from './restarts.js';
import type { TrainedRun } from './trained-run.js';

/** Clusters by a trained network, which belongs to what it returns. */
export type FinishFit<M extends MethodTypes> = (
  run: TrainedRun<M>,
  clock: FitClock,
) => Promise<FittedMethod<M>>;

/** Source and name of one of the runs of a training. */
interface RunStart {
  readonly random: RandomSource;
  /** Begins the names of its stages, such as `run 2, `. */
  readonly label: string;
}

/**
 * Trains, in one run or in several of which the one of the smallest loss is kept, and finishes the fit. A fit that fails leaves nothing to dispose of;
 * when its training diverges, the error can finish it from the last good state, with a network of its own.
 *
 * @throws DivergedError with `recover` when the training diverges; what a stage throws.
 */
export async function trainMethod<M extends MethodTypes>(
  prepared: PreparedFit<M>,
  finish: FinishFit<M>,
): Promise<FittedMethod<M>> {
  const { recipe, random, clock } = prepared;
  const several = recipe.training.restarts;
  if (several === undefined) {
    const run = await trainRun(prepared, { random, label: '' }, finish);
    return finished(run, [], clock, finish);
  }
  const runs = several.runs(recipe.options);
  const best = await restarts<FinishedRun<M>>({
    runs,
    random: random.fork('training'),
    async run(own, r) {
      const start = { random: own, label: runs > 1 ? `run ${r + 1}, ` : '' };
      const value = await trainRun(prepared, start, finish);
      // A single run needs no loss to be compared by.
      const loss = runs > 1 ? await lossOf(value) : 0;
      return { loss, value };
    },
    discard: ({ open }) => open.dispose(),
  });
  return finished(best.value, runs > 1 ? best.losses : [], clock, finish);

  async function lossOf({ open }: FinishedRun<M>): Promise<number> {
    try {
      return await several!.loss(open.fit, recipe.options);
    } catch (error) {
      open.dispose();
      throw error;
    }
  }
}

/** A run whose training has ended. */
interface FinishedRun<M extends MethodTypes> {
  readonly open: OpenRun<M>;
  readonly history: readonly HistoryEntry[];
}

/** Finishes a fit by a run; only what the fitted model holds stays. */
async function finished<M extends MethodTypes>(
  { open, history }: FinishedRun<M>,
  runLosses: readonly number[],
  clock: FitClock,
  finish: FinishFit<M>,
): Promise<FittedMethod<M>> {
  try {
    const fitted = await finish({ fit: open.fit, history, runLosses }, clock);
    open.release();
    return fitted;
  } catch (error) {
    open.dispose();
    throw error;
  }
}

/** Trains from one start. */
async function trainRun<M extends MethodTypes>(
  prepared: PreparedFit<M>,
  start: RunStart,
  finish: FinishFit<M>,
): Promise<FinishedRun<M>> {
  const recorded = recordHistory(prepared.fitOptions);
  const open = openRun(prepared, { ...start, watch: recorded.watch });
  try {
    await runStages(prepared, open.fit);
    return { open, history: recorded.history };
  } catch (error) {
    throw await withRecovery(error, { prepared, start, open, recorded, finish }).finally(() =>
      open.dispose(),
    );
  }
}

async function runStages<M extends MethodTypes>({ recipe }: PreparedFit<M>, fit: Fit<M>): Promise<void> {
  const { training, options } = recipe;
  for (const stage of training.stages) await stage.run(fit, options);
  await training.settle?.(fit, options);
}

/** The error of a training; one that diverged can finish the fit from the last good state. */
function withRecovery<M extends MethodTypes>(
  error: unknown,
  {
    prepared,
    start,
    open,
    recorded,
    finish,
  }: {
    readonly prepared: PreparedFit<M>;
    readonly start: RunStart;
    readonly open: OpenRun<M>;
    readonly recorded: RecordedWatch;
    readonly finish: FinishFit<M>;
  },
): Promise<unknown> {
  const spent = prepared.clock.elapsed();
  const { training, options } = prepared.recipe;
  return recoverable(error, {
    modules: [open.fit.network, open.fit.helpers],
    history: recorded.history,
    async recover(restore, history) {
      const again = openRun(prepared, { ...start, watch: prepared.fitOptions });
      const clock = fitClock(spent);
      try {
        restore([again.fit.network, again.fit.helpers]);
        await training.settle?.(again.fit, options);
      } catch (failure) {
        again.dispose();
        throw failure;
      }
      return finished({ open: again, history }, [], clock, finish);
    },
  });
}
