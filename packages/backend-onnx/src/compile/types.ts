import type * as tf from '@tensorflow/tfjs';

/** Named tensors: a step's inputs, or its outputs. */
export type TensorRecord = Readonly<Record<string, tf.Tensor>>;

/** A training or inference step in user code: tensors in, tensors out, variables changed by assignment. */
export type Step = (inputs: TensorRecord) => TensorRecord;

/** How a step is compiled. */
export interface CompileOptions {
  /**
   * Whether nearly all of its time goes to large products, which all cores may share as they share single ones. What comes out is the same to the last bit.
   *
   * @defaultValue false
   */
  readonly largeProducts?: boolean;
}

/** A step ready to run many times. */
export interface CompiledStep {
  /**
   * Runs once and reads every output back: 32-bit floats, or the array of the output's own type where it is not float.
   * Input tensors stay alive and belong to the caller. Other work of the process (signals, timers) gets its turn before each run.
   *
   * @throws CrossmodalError `unsupported` when the step cannot become a graph: a kernel without a translation, a value
   * read inside the step, random numbers drawn inside it
   * @throws CrossmodalError `state` after `dispose`, or when a variable of the step was disposed
   */
  run(inputs: TensorRecord): Promise<Record<string, Float32Array>>;
  /** Frees the sessions; variables stay. Calling it twice is harmless. */
  dispose(): void;
}
