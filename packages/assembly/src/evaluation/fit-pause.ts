import { throwIfAborted, type FitOptions } from '@crossmodal/core';
import { yieldToEvents } from '@crossmodal/training';

/** Reports a stage that has no losses, lets the event loop turn, and listens to the signal. */
export type FitPause = (phase: string, step: number, steps: number) => Promise<void>;

/**
 * Makes the pauses of a fit, for the stages outside `fitLoop`: affinity, assignment.
 *
 * What it makes throws `aborted` when the signal has fired.
 */
export function fitPause(method: string, { signal, onProgress }: Partial<FitOptions>): FitPause {
  return async (phase, step, steps) => {
    onProgress?.({ phase, step, steps });
    await yieldToEvents();
    throwIfAborted(signal, method);
  };
}
