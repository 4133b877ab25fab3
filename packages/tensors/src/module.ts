import type { tf } from './tf.js';

/** How a module is applied. */
export interface ApplyContext {
  /** True while training: batch statistics, noise. False for inference: running statistics. */
  readonly training: boolean;
  /**
   * 1 for rows that are present, 0 for rows that are absent and hold nothing, shape `[n, 1]`. Batch statistics are those of present rows; what
   * comes out for absent rows is finite and means nothing. By default all rows are present.
   */
  readonly mask?: tf.Tensor | undefined;
}

/** A set of variables with a life: every encoder, decoder, fusion, head and layer is one. */
export interface Module {
  /** Trained by an optimiser, in a fixed order. */
  readonly trainable: readonly tf.Variable[];
  /** Everything that must be saved: trainable variables first, then others such as running statistics. */
  readonly variables: readonly tf.Variable[];
  /** Frees the variables; calling it twice is harmless. */
  dispose(): void;
}
