import { compile, type TensorRecord } from '@crossmodal/tensors';
import { fullBatch } from './batches/full-batch.js';
import { fitLoop, type FitLoopResult, type LoopOptions } from './fit-loop.js';
import type { TrainingStep } from './training-step.js';

/** What {@link trainFullBatch} takes. */
export interface FullBatchTrainingOptions extends LoopOptions {
  /** The step that is compiled and run. */
  readonly training: Pick<TrainingStep, 'step'> & Partial<Pick<TrainingStep, 'restorable'>>;
  /** All the data; the tensors stay the caller's. */
  readonly inputs: TensorRecord;
}

/**
 * Compiles a training step and runs it on all the data at every step.
 *
 * @throws CrossmodalError as {@link fitLoop}.
 */
export async function trainFullBatch({
  training,
  inputs,
  ...options
}: FullBatchTrainingOptions): Promise<FitLoopResult> {
  const step = compile(training.step);
  try {
    const checkpoint = options.checkpoint ?? (training.restorable && { modules: training.restorable });
    return await fitLoop({ ...options, checkpoint, step, batches: fullBatch(inputs) });
  } finally {
    step.dispose();
  }
}
