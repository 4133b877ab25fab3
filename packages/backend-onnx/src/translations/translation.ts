import type * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { GraphValue } from '../graph/types.js';

/** One call of a TensorFlow.js kernel, with graph values in place of tensors. */
export interface KernelCall {
  readonly graph: GraphBuilder;
  /** Inputs by the names that TensorFlow.js gives them; kernels that take a list have '0', '1', ... */
  readonly inputs: Readonly<Record<string, GraphValue>>;
  /** Attributes as TensorFlow.js passes them. */
  readonly attributes: tf.NamedAttrMap;
  /** Name of the kernel. */
  readonly kernel: string;
}

/** Turns a call of a kernel into nodes, and gives the kernel's outputs. */
export type Translation = (call: KernelCall) => GraphValue | GraphValue[];

/** Translations by kernel name. */
export type TranslationTable = Readonly<Record<string, Translation>>;
