import type { FitOptions, HistoryEntry } from '@crossmodal/core';

/** The signal of a fit, and a listener, for the loops of its training. */
export type Watch = Pick<FitOptions, 'signal' | 'onProgress'>;

/** A {@link Watch} that writes down what it hears. */
export interface RecordedWatch {
  /** Passes every event on. */
  readonly watch: Watch;
  /** The losses of every step so far. */
  readonly history: readonly HistoryEntry[];
}

/** Listens to the steps of a training, whose history is lost where it throws. */
export function recordHistory({ signal, onProgress }: Watch): RecordedWatch {
  const history: HistoryEntry[] = [];
  return {
    history,
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
