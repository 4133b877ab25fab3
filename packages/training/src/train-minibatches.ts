import { compile } from '@crossmodal/tensors';
import { alternate } from './alternate.js';
import { minibatches, type MinibatchOptions } from './batches/minibatches.js';
import { fitLoop, type FitLoopResult, type LoopOptions } from './fit-loop.js';
import type { TrainingStep } from './training-step.js';

/** A training step, as far as a loop needs it. */
export type CompiledTrainer = Pick<TrainingStep, 'step'> & Partial<Pick<TrainingStep, 'restorable'>>;

/** A player whose turn comes every round. */
export interface TrainingTurn {
  readonly training: CompiledTrainer;
  /** Steps in a row before the next player's turn, 1 or more. @defaultValue 1 */
  readonly times?: number;
}

/** What {@link trainMinibatches} takes. */
export interface MinibatchTrainingOptions extends Omit<LoopOptions, 'steps'>, MinibatchOptions {
  /** The step that is compiled and run; or several, such as a generator's and a discriminator's, that take turns, a batch a step. */
  readonly training: CompiledTrainer | readonly TrainingTurn[];
  /** Times through the data, 0 or more; a batch counts once, whoever saw it. */
  readonly epochs: number;
}

/**
 * Compiles a training step, or several that take turns, and runs them on seeded minibatches, `epochs` times through the data.
 *
 * @throws CrossmodalError as {@link fitLoop}, {@link alternate} and {@link minibatches}.
 */
export async function trainMinibatches(options: MinibatchTrainingOptions): Promise<FitLoopResult> {
  const { training, epochs, data, batchSize, dropLast = false, random, ...loop } = options;
  const batches = minibatches({ data, batchSize, dropLast, random });
  const turns: readonly TrainingTurn[] = 'step' in training ? [{ training }] : training;
  const modules = turns.flatMap((turn) => turn.training.restorable ?? []);
  const checkpoint = loop.checkpoint ?? (modules.length > 0 ? { modules: [...new Set(modules)] } : undefined);
  const step = alternate(turns.map((turn) => ({ ...turn, step: compile(turn.training.step) })));
  try {
    return await fitLoop({ ...loop, checkpoint, step, batches, steps: epochs * batches.stepsPerEpoch });
  } finally {
    step.dispose();
  }
}
