import type { ApplyContext, Module, tf } from '@crossmodal/tensors';

/** A module that maps one tensor to one tensor; the batch is the first axis and never part of its shapes. */
export interface Layer extends Module {
  /** Shape of one input, without the batch: `[d]` or `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  /** Shape of one output, without the batch. */
  readonly outputShape: readonly number[];
  /**
   * Maps `[n, ...inputShape]` to `[n, ...outputShape]`, in operations that have gradients on every backend.
   *
   * @throws CrossmodalError `shape` when the input has another shape.
   */
  apply(x: tf.Tensor, context: ApplyContext): tf.Tensor;
}

/** A layer from data to a latent representation. */
export type Encoder = Layer;

/** A layer from a latent representation back to data. */
export type Decoder = Layer;
