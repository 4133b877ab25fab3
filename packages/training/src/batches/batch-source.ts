import type { TensorRecord } from '@crossmodal/tensors';

/** The tensors of one step. */
export interface Batch<Inputs = TensorRecord> {
  /** Tensors in records and lists, such as `{ modalities: [{ x, mask }] }`. */
  readonly inputs: Inputs;
  /** Frees what was made for this step only. */
  dispose(): void;
}

/** Gives each step its data. */
export interface BatchSource<Inputs = TensorRecord> {
  /** Data of a step, steps counted from 0; the same step gives the same data. */
  batch(step: number): Batch<Inputs>;
}
