import type { FitOptions, HistoryEntry, TrainingPlace } from '@crossmodal/core';

/** The signal of a fit, and a listener, for the loops of its training. */
export type Watch = Pick<FitOptions, 'signal' | 'onProgress'>;

/** A {@link Watch} that writes down what it hears. */
export interface RecordedWatch {
  /** Passes every event on. */
  readonly watch: Watch;
  /** The losses of every step so far. */
  readonly history: readonly HistoryEntry[];
  /** Drops the steps of a stage from a place on, which a divergence has undone; `first` is the number of its first step. */
  endBefore(place: TrainingPlace, first: number): void;
}

/**
 * The steps before a place of a stage; all of them where it is not among them.
 *
 * @param first - number of the first step of that stage: stages may share the name of their phase
 */
export function stepsBefore(
  history: readonly HistoryEntry[],
  { phase, step }: TrainingPlace,
  first: number,
): readonly HistoryEntry[] {
  const next = history.findIndex((entry, i) => i >= first && entry.phase === phase && entry.step === step);
  return next < 0 ? history.slice() : history.slice(0, next);
}

/**
 * Listens to the steps of a training, whose history is lost where it throws.
 *
 * @param before - steps that were taken already
 */
export function recordHistory(
  { signal, onProgress }: Watch,
  before: readonly HistoryEntry[] = [],
): RecordedWatch {
  const history = [...before];
  return {
    history,
    endBefore(place, first) {
      history.length = stepsBefore(history, place, first).length;
    },
    watch: {
      ...(signal ? { signal } : {}),
      onProgress(event) {
        const { phase, step, losses } = event;
        // An event counts the steps that were taken, an entry names the last of them.
        if (losses !== undefined) history.push({ phase, step: step - 1, losses });
        onProgress?.(event);
      },
    },
  };
}
