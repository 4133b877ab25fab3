import type { TensorRecord } from '@crossmodal/tensors';

/** The tensors of one step. */
export interface Batch {
  /** Tensors by input name. */
  readonly inputs: TensorRecord;
  /** Frees what was made for this step only. */
  dispose(): void;
}

/** Gives each step its data. */
export interface BatchSource {
  /** Data of a step, steps counted from 0; the same step gives the same data. */
  batch(step: number): Batch;
}
