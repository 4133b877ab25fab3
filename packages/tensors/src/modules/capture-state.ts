import type { Module } from '../module.js';

/** The values of one variable. */
export interface VariableState {
  /** Shape of the variable. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** The values of every variable of a module, by position: `variable0`, `variable1`, ... */
export type ModuleState = Readonly<Record<string, VariableState>>;

/**
 * Copies every variable of a module out of its tensors, running statistics included.
 *
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const weights = tf.variable(tf.scalar(1));
 * const module = { trainable: [weights], variables: [weights], dispose: () => weights.dispose() };
 * const state = await captureState(module); // { variable0: { shape: [], values: [1] } }
 * ```
 */
export async function captureState(module: Pick<Module, 'variables'>): Promise<ModuleState> {
  const state: Record<string, VariableState> = {};
  for (const [index, variable] of module.variables.entries()) {
    const values = (await variable.data()) as Float32Array;
    state[`variable${index}`] = { shape: [...variable.shape], values: values.slice() };
  }
  return state;
}
