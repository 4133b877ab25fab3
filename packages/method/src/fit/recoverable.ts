import { DivergedError, isDivergedError, type FittedClusterer, type HistoryEntry } from '@crossmodal/core';
import { type Module, captureState, restoreState } from '@crossmodal/tensors';
import { stepsBefore } from './record-history.js';

/** Modules whose variables are the state of a training, in a fixed order. */
export type Stateful = readonly Pick<Module, 'variables'>[];

/** What {@link recoverable} takes. */
export interface RecoverableOptions {
  /** Hold the last good state, as a loop with a checkpoint leaves them when it diverges. */
  readonly modules: Stateful;
  /** The losses of every step that was finite, as {@link recordHistory} gives them. */
  readonly history: readonly HistoryEntry[];
  /** Number of the first of these that the stage which failed has taken. */
  readonly first: number;
  /**
   * Goes on with new modules of the same form, and finishes the fit.
   *
   * @param restore - puts the last good state into them
   * @param history - the steps up to that state
   */
  readonly recover: (
    restore: (modules: Stateful) => void,
    history: readonly HistoryEntry[],
  ) => Promise<FittedClusterer>;
}

/**
 * Gives the error of a training that diverged the means to finish the fit from its last good state, see {@link DivergedError.recover}. The
 * state is copied out of its tensors, so the modules can be disposed of.
 *
 * @returns the error to throw: `error` itself when it is another one, or has no good state
 */
export async function recoverable(
  error: unknown,
  { modules, history, first, recover }: RecoverableOptions,
): Promise<unknown> {
  if (!isDivergedError(error) || error.lastGood === undefined) return error;
  const { where, expected, received, advice = '', lastGood } = error;
  const states = await Promise.all(modules.map((module) => captureState(module)));
  const kept = stepsBefore(history, lastGood, first);
  return new DivergedError({
    where,
    expected,
    received,
    advice: `${advice} recover() of this error finishes the fit from there.`,
    cause: error,
    lastGood,
    recover: () => recover((fresh) => fresh.forEach((module, m) => restoreState(module, states[m]!)), kept),
  });
}
