import { compile } from '@crossmodal/tensors';
import { minibatches, type MinibatchOptions } from './batches/minibatches.js';
import { fitLoop, type FitLoopResult, type LoopOptions } from './fit-loop.js';
import type { TrainingStep } from './training-step.js';

/** What {@link trainMinibatches} takes. */
export interface MinibatchTrainingOptions extends Omit<LoopOptions, 'steps'>, MinibatchOptions {
  /** The step that is compiled and run. */
  readonly training: Pick<TrainingStep, 'step'> & Partial<Pick<TrainingStep, 'restorable'>>;
  /** Times through the data, 0 or more. */
  readonly epochs: number;
}

/**
 * Compiles a training step and runs it on seeded minibatches, `epochs` times through the data.
 *
 * @throws CrossmodalError as {@link fitLoop} and {@link minibatches}.
 */
export async function trainMinibatches(options: MinibatchTrainingOptions): Promise<FitLoopResult> {
  const { training, epochs, data, batchSize, dropLast = false, random, ...loop } = options;
  const batches = minibatches({ data, batchSize, dropLast, random });
  const step = compile(training.step);
  try {
    const checkpoint = loop.checkpoint ?? (training.restorable && { modules: training.restorable });
    return await fitLoop({ ...loop, checkpoint, step, batches, steps: epochs * batches.stepsPerEpoch });
  } finally {
    step.dispose();
  }
}
