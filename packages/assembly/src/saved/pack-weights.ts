import { damagedModel, type ModelArrays, type WritableArray } from '@crossmodal/io';
import type { Module } from '@crossmodal/tensors';
import { captureState, restoreState, type VariableState } from '@crossmodal/training';
import type { Packed } from './pack-network-inputs.js';

/** Variables of one or several modules, in order. */
type Weighty = Pick<Module, 'variables'>;

/**
 * Copies every variable of modules: the shapes as plain data, see {@link weightsSchema}, the values as arrays `prefix-0`, `prefix-1`, ...
 *
 * @param prefix - begins the names of the arrays; 'weights' by default
 */
export async function packWeights(
  modules: Weighty | readonly Weighty[],
  prefix = 'weights',
): Promise<Packed<number[][]>> {
  const arrays: Record<string, WritableArray> = {};
  const weights = Object.values(await captureState(joined(modules)));
  weights.forEach(({ values }, i) => {
    arrays[`${prefix}-${i}`] = { shape: [values.length], values };
  });
  return { description: weights.map(({ shape }) => [...shape]), arrays };
}

/**
 * Puts saved weights into modules of the same form; nothing is changed unless everything fits.
 *
 * @param where - the public function that loads, for the error
 * @throws CrossmodalError `format` when an array is missing, or the modules have other variables.
 */
export function unpackWeights(
  where: string,
  modules: Weighty | readonly Weighty[],
  shapes: readonly (readonly number[])[],
  arrays: ModelArrays,
  prefix = 'weights',
): void {
  const state: Record<string, VariableState> = {};
  shapes.forEach((shape, i) => {
    state[`variable${i}`] = { shape, values: Float32Array.from(arrays.vector(`${prefix}-${i}`)) };
  });
  try {
    restoreState(joined(modules), state);
  } catch (error) {
    throw damagedModel(where, prefix, `weights that do not fit (${(error as Error).message})`);
  }
}

function joined(modules: Weighty | readonly Weighty[]): Weighty {
  if ('variables' in modules) return modules;
  return { variables: modules.flatMap(({ variables }) => variables) };
}
