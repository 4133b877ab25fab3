import { CrossmodalError } from '@crossmodal/core';
import type { Module } from '../module.js';
import { tf } from '../tf.js';
import type { ModuleState } from './capture-state.js';

/**
 * Puts captured values back into a module of the same form; nothing is changed unless everything fits.
 *
 * @throws CrossmodalError `state` when the number of variables or a shape differs.
 */
export function restoreState(module: Pick<Module, 'variables'>, state: ModuleState): void {
  const { variables } = module;
  const count = Object.keys(state).length;
  if (count !== variables.length) refuse(`${variables.length} variables`, `${count}`);
  const values = variables.map((variable, index) => {
    const name = `variable${index}`;
    const saved = state[name];
    if (saved === undefined) return refuse(`a value for '${name}'`, 'none');
    const { shape } = variable;
    const fits =
      saved.shape.length === shape.length && saved.shape.every((size, axis) => size === shape[axis]);
    if (!fits || saved.values.length !== variable.size) {
      refuse(
        `'${name}' of shape [${shape.join(', ')}]`,
        `[${saved.shape.join(', ')}] with ${saved.values.length} values`,
      );
    }
    return saved.values;
  });
  variables.forEach((variable, index) => {
    // A copy: some backends keep the array they are given.
    const tensor = tf.tensor(values[index]!.slice(), variable.shape, 'float32');
    variable.assign(tensor);
    tensor.dispose();
  });
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({
    code: 'state',
    where: 'restoreState',
    expected,
    received,
    advice: 'Build the module with the options that it was saved with.',
  });
}
