import { throwIfAborted, type HistoryEntry, type ProgressEvent } from '@crossmodal/core';
import { tf, type CompiledStep } from '@crossmodal/tensors';
import type { AlternatingStep } from './alternate.js';
import type { Batch, BatchSource } from './batches/batch-source.js';
import { checkpoints, type CheckpointOptions, type Checkpoints } from './checkpoints.js';
import type { ConvergenceRule } from './convergence/convergence-rule.js';
import { checkSchedule } from './schedules/check-schedule.js';
import { constant } from './schedules/constant.js';
import type { Schedule } from './schedules/schedule.js';
import { yieldToEvents } from '@crossmodal/core';

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
  /**
   * Where the loop stands in a training of several: schedules, history, progress and errors count its steps from `first`, of `total`.
   * Batches are counted from 0.
   *
   * @defaultValue `{ first: 0, total: steps }`
   */
  readonly stage?: { readonly first: number; readonly total: number };
  /** Ends the run before `steps`, without labels. */
  readonly convergence?: ConvergenceRule;
  /**
   * Modules that are put back into their last good state when a loss is not finite; or what keeps them, to be shared by the stages of a
   * training.
   *
   * @defaultValue what a training step trains, for loops that compile one; none for fitLoop
   */
  readonly checkpoint?: CheckpointOptions | Checkpoints | undefined;
  /** Stops the run, between steps, with an `aborted` error. */
  readonly signal?: AbortSignal;
  /** Called after every step; it must not throw. */
  readonly onProgress?: (event: ProgressEvent) => void;
}

/** What {@link fitLoop} takes. */
export interface FitLoopOptions extends LoopOptions {
  /** The step; it stays the caller's, to run again or to dispose of. */
  readonly step: CompiledStep | AlternatingStep;
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
 * @throws DivergedError naming the term and the step when one is not finite, or when the last step left weights that are not, with the
 * last good state put back and named if `checkpoint` is given; CrossmodalError `aborted` when the signal fires, `option` when `steps` is
 * negative.
 */
export async function fitLoop(options: FitLoopOptions): Promise<FitLoopResult> {
  const {
    step,
    batches,
    steps,
    schedule,
    rates = {},
    phase = 'train',
    stage: { first, total } = { first: 0, total: steps },
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
  const keeper = checkpoint && ('before' in checkpoint ? checkpoint : checkpoints(checkpoint));
  const round = 'round' in step ? step.round : 1;
  const history: HistoryEntry[] = [];
  let converged = false;

  for (let t = 0; t < steps && !converged; t++) {
    throwIfAborted(signal, phase);
    await keeper?.before(phase, first + t);
    const losses = await runOnce(step, batches.batch(t), schedules, first + t);
    const entry: HistoryEntry = { phase, step: first + t, losses };
    const bad = culprit(losses);
    if (bad) throw (keeper ?? checkpoints({ modules: [] })).diverged(phase, first + t, bad[0], bad[1]);
    keeper?.accept(round);
    history.push(entry);
    onProgress?.({ phase, step: first + t + 1, steps: total, losses });
    converged = (await observer?.observe(entry)) ?? false;
    await yieldToEvents();
  }
  throwIfAborted(signal, phase);
  if (history.length > 0) await keeper?.finish(phase, first + history.length);
  return { history, steps: history.length, converged };
}

/** The term that is not finite; the total only when every term is. */
function culprit(losses: Readonly<Record<string, number>>): readonly [string, number] | undefined {
  const bad = Object.entries(losses).filter(([, value]) => !Number.isFinite(value));
  return bad.find(([name]) => name !== 'total') ?? bad[0];
}

async function runOnce(
  step: CompiledStep,
  batch: Batch,
  schedules: readonly (readonly [string, Schedule])[],
  t: number,
): Promise<Record<string, number>> {
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
