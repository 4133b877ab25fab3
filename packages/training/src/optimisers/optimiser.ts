import type { Module, tf } from '@crossmodal/tensors';

/** A rule that turns gradients into changes of variables; it holds settings only, so one can serve many models. */
export interface Optimiser {
  /** Name, such as `adam`. */
  readonly name: string;
  /** Makes the state (moments, powers) that updating these variables needs, at its start. */
  init(variables: readonly tf.Variable[]): OptimiserState;
}

/** An optimiser at work on a fixed list of variables; its own variables can be saved and restored like any module's. */
export interface OptimiserState extends Module {
  /**
   * Changes every variable once.
   *
   * It is made of tensor operations only, and the rate is a tensor, so that a compiled step can be run at any rate.
   *
   * @param gradients - one for each variable given to `init`, in that order
   * @param learningRate - scalar
   */
  update(gradients: readonly tf.Tensor[], learningRate: tf.Scalar): void;
}
