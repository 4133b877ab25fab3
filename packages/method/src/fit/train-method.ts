import { isDivergedError, type HistoryEntry, type RandomSource } from '@crossmodal/core';
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
 * when its training diverges, the error can finish it from the last good state, with a network of its own: the stage that diverged, and every later one that
 * does, ends in its last good state, and the others run.
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
  const best = await restarts<TrainedStart<M>>({
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

  async function lossOf({ open }: TrainedStart<M>): Promise<number> {
    try {
      return await several!.loss(open.fit, recipe.options);
    } catch (error) {
      open.dispose();
      throw error;
    }
  }
}

/** A start whose training has ended. */
interface TrainedStart<M extends MethodTypes> {
  readonly open: OpenRun<M>;
  readonly history: readonly HistoryEntry[];
}

/** Finishes a fit by a run; only what the fitted model holds stays. */
async function finished<M extends MethodTypes>(
  { open, history }: TrainedStart<M>,
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
): Promise<TrainedStart<M>> {
  const { training, options } = prepared.recipe;
  const recorded = recordHistory(prepared.fitOptions);
  const open = openRun(prepared, { ...start, watch: recorded.watch });
  let [stage, first] = [0, 0];
  try {
    for (; stage < training.stages.length; stage++) {
      first = recorded.history.length;
      await training.stages[stage]!.run(open.fit, options);
    }
    await training.settle?.(open.fit, options);
    return { open, history: recorded.history };
  } catch (error) {
    const failed = { open, history: recorded.history, first, next: stage + 1 };
    throw await withRecovery(error, prepared, start, failed, finish).finally(() => open.dispose());
  }
}

/** A start whose training failed. */
interface FailedStart<M extends MethodTypes> extends TrainedStart<M> {
  /** Number of the first step of the stage that failed. */
  readonly first: number;
  /** Number of the stage after it. */
  readonly next: number;
}

/** The error of a training; one that diverged can finish the fit from the last good state. */
function withRecovery<M extends MethodTypes>(
  error: unknown,
  prepared: PreparedFit<M>,
  start: RunStart,
  { open, history, first, next }: FailedStart<M>,
  finish: FinishFit<M>,
): Promise<unknown> {
  const spent = prepared.clock.elapsed();
  return recoverable(error, {
    modules: [open.fit.network, open.fit.helpers],
    history,
    first,
    async recover(restore, kept) {
      const clock = fitClock(spent);
      const recorded = recordHistory(prepared.fitOptions, kept);
      const again = openRun(prepared, { ...start, watch: recorded.watch });
      try {
        restore([again.fit.network, again.fit.helpers]);
        await runLaterStages(prepared, again.fit, recorded, next);
      } catch (failure) {
        again.dispose();
        throw failure;
      }
      return finished({ open: again, history: recorded.history }, [], clock, finish);
    },
  });
}

/** Runs the stages that are left; one that diverges ends in its last good state. */
async function runLaterStages<M extends MethodTypes>(
  { recipe: { training, options } }: PreparedFit<M>,
  fit: Fit<M>,
  recorded: RecordedWatch,
  next: number,
): Promise<void> {
  for (const stage of training.stages.slice(next)) {
    const first = recorded.history.length;
    try {
      await stage.run(fit, options);
    } catch (error) {
      if (!isDivergedError(error) || error.lastGood === undefined) throw error;
      recorded.endBefore(error.lastGood, first);
    }
  }
  await training.settle?.(fit, options);
}
