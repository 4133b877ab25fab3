import { throwIfAborted, type HistoryEntry, type ProgressEvent } from '@crossmodal/core';
import { tf, type CompiledStep } from '@crossmodal/tensors';
import type { BatchSource } from './batches/batch-source.js';
import { checkpoints, type CheckpointOptions } from './checkpoints.js';
import type { ConvergenceRule } from './convergence/convergence-rule.js';
import { checkSchedule } from './schedules/check-schedule.js';
import { constant } from './schedules/constant.js';
import type { Schedule } from './schedules/schedule.js';
import { yieldToEvents } from './yield-to-events.js';

/** What every loop takes, whatever its batches. */
export interface LoopOptions {
  /** Most steps, 0 or more. */
  readonly steps: number;
  /** Learning rate; a number is a constant one. */
  readonly schedule: Schedule | number;
  /** Rates of other groups, by input name. */
  readonly rates?: Readonly<Record<string, Schedule | number>>;
  /** Stage in the history and in progress events. @defaultValue 'train' */
  readonly phase?: string;
  /** Ends the run before `steps`, without labels. */
  readonly convergence?: ConvergenceRule;
  /** Modules that are put back into their last good state when a loss is not finite. */
  readonly checkpoint?: CheckpointOptions;
  /** Stops the run, between steps, with an `aborted` error. */
  readonly signal?: AbortSignal;
  /** Called after every step; it must not throw. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** What {@link fitLoop} takes. */
export interface FitLoopOptions extends LoopOptions {
  /** The step; it stays the caller's, to run again or to dispose of. */
  readonly step: CompiledStep;
  /** The data of each step. */
  readonly batches: BatchSource;
}

/** The outcome of a loop. */
export interface FitLoopResult {
  /** Unweighted terms and `total` of every step. */
  readonly history: readonly HistoryEntry[];
  /** Steps that were run. */
  readonly steps: number;
  /** Whether the convergence rule ended it. */
  readonly converged: boolean;
}

/**
 * Runs a compiled step until the steps are used up or the rule says that it has converged.
 *
 * Each step's inputs are its batch and the scalar `learningRate` (and one scalar for each of `rates`), a tensor and never a constant of
 * the compiled graph. The losses of step t are those before its update. Every step lets the event loop turn, so that a signal is
 * seen before the next step.
 *
 * @throws CrossmodalError `aborted` when the signal fires; `diverged` when a term is not finite, with the last good state put back if
 * `checkpoint` is given; `option` when `steps` is negative.
 */
export async function fitLoop(options: FitLoopOptions): Promise<FitLoopResult> {
  const {
    step,
    batches,
    steps,
    schedule,
    rates = {},
    phase = 'train',
    convergence,
    checkpoint,
    signal,
    onProgress,
  } = options;
  checkSchedule('fitLoop', { steps: [steps, 0] });
  const schedules = Object.entries({ ...rates, learningRate: schedule }).map(
    ([name, rate]) => [name, typeof rate === 'number' ? constant(rate) : rate] as const,
  );
  const observer = convergence?.start();
  const keeper = checkpoint && checkpoints(checkpoint);
  const history: HistoryEntry[] = [];
  let converged = false;

  for (let t = 0; t < steps && !converged; t++) {
    throwIfAborted(signal, phase);
    await keeper?.before(t);
    const entry: HistoryEntry = { phase, step: t, losses: await runOnce(step, batches, schedules, t) };
    const bad = Object.entries(entry.losses).find(([, value]) => !Number.isFinite(value));
    if (bad) throw (keeper ?? checkpoints({ modules: [] })).diverged(phase, t, bad[0], bad[1]);
    keeper?.accept();
    history.push(entry);
    onProgress?.({ phase, step: t + 1, steps, losses: entry.losses });
    converged = (await observer?.observe(entry)) ?? false;
    await yieldToEvents();
  }
  throwIfAborted(signal, phase);
  return { history, steps: history.length, converged };
}

async function runOnce(
  step: CompiledStep,
  batches: BatchSource,
  schedules: readonly (readonly [string, Schedule])[],
  t: number,
): Promise<Record<string, number>> {
  const batch = batches.batch(t);
  const rates: Record<string, tf.Tensor> = {};
  try {
    for (const [name, schedule] of schedules) rates[name] = tf.scalar(schedule(t));
    const outputs = await step.run({ ...batch.inputs, ...rates });
    const losses: Record<string, number> = {};
    for (const [name, values] of Object.entries(outputs)) if (values.length === 1) losses[name] = values[0]!;
    return losses;
  } finally {
    tf.dispose(rates);
    batch.dispose();
  }
}
