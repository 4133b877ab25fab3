import { tf } from './tf.js';

/** Named tensors: a step's inputs, or its outputs. */
export type TensorRecord = Readonly<Record<string, tf.Tensor>>;

/** A training or inference step in user code: tensors in, tensors out, variables changed by assignment. */
export type Step = (inputs: TensorRecord) => TensorRecord;

/** A step ready to run many times. */
export interface CompiledStep {
  /** Runs once and reads every output back; input tensors stay alive and belong to the caller. */
  run(inputs: TensorRecord): Promise<Record<string, Float32Array>>;
  /** Frees what compilation holds; variables stay. Calling it twice is harmless. */
  dispose(): void;
}

/** How a step is compiled. */
export interface CompileOptions {
  /**
   * Whether nearly all of its time goes to large products, which all cores may share as they share single ones. What comes out is the same to the last bit.
   *
   * @defaultValue false: several training runs side by side beat several threads on the small operations of one run
   */
  readonly largeProducts?: boolean;
}

/** A TensorFlow.js backend that can turn a step into one graph. */
export interface CompilingBackend {
  compileStep(step: Step, options?: CompileOptions): CompiledStep;
}

/**
 * Makes a step fast on backends that can compile; on others it runs eagerly with the same result.
 *
 * The first run at each input shape traces the step. Variables and optimiser slots made inside the step are kept.
 */
export function compile(step: Step, options: CompileOptions = {}): CompiledStep {
  const backend = tf.backend() as unknown as Partial<CompilingBackend>;
  if (typeof backend.compileStep === 'function') return backend.compileStep(step, options);
  return {
    async run(inputs) {
      // Clones: an output may be one of the inputs, or a variable, which live on.
      const outputs = tf.tidy(() => {
        const made: Record<string, tf.Tensor> = {};
        for (const [name, tensor] of Object.entries(step(inputs))) made[name] = tf.clone(tensor);
        return made;
      });
      try {
        const read: Record<string, Float32Array> = {};
        for (const [name, tensor] of Object.entries(outputs))
          read[name] = (await tensor.data()) as Float32Array;
        return read;
      } finally {
        tf.dispose(outputs);
      }
    },
    dispose() {},
  };
}
