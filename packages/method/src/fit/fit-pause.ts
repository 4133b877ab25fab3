import { throwIfAborted, yieldToEvents, type FitOptions } from '@crossmodal/core';

/** Reports a stage that has no losses, lets the event loop turn, and listens to the signal. */
export type FitPause = (phase: string, step: number, steps: number, note?: string) => Promise<void>;

/**
 * Creates the pauses of a fit, for the stages outside training loops.
 *
 * They throw `aborted` when the signal has fired.
 */
export function fitPause(method: string, { signal, onProgress }: Partial<FitOptions>): FitPause {
  return async (phase, step, steps, note) => {
    onProgress?.({ phase, step, steps, ...(note === undefined ? {} : { note }) });
    await yieldToEvents();
    throwIfAborted(signal, method);
  };
}
