import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkBatch } from './shapes.js';
import type { Layer } from './layer.js';

/** Slope of `leakyRelu` below zero, as in DM2C and EAMC. */
export const leakySlope = 0.2;

const functions = {
  // A copy (of the handle, not of the values), so that the caller owns what it gets, as with the others.
  linear: (x: tf.Tensor) => tf.clone(x),
  relu: (x: tf.Tensor) => tf.relu(x),
  leakyRelu: (x: tf.Tensor) => tf.leakyRelu(x, leakySlope),
  tanh: (x: tf.Tensor) => tf.tanh(x),
  sigmoid: (x: tf.Tensor) => tf.sigmoid(x),
} as const;

/** The name of an elementwise activation. */
export type ActivationName = keyof typeof functions;

/**
 * Applies an activation to a tensor of any shape: `linear` x, `relu` max(x, 0), `leakyRelu` max(x, 0.2 x), `tanh`,
 * `sigmoid` 1 / (1 + e^-x).
 *
 * @throws CrossmodalError `option` when there is none of that name.
 */
export function activate(x: tf.Tensor, name: ActivationName): tf.Tensor {
  checkActivation('activate', name);
  return functions[name](x);
}

/**
 * Makes an activation into a layer without variables.
 *
 * @throws CrossmodalError `option` when there is none of that name.
 */
export function activation(name: ActivationName, shape: readonly number[]): Layer {
  checkActivation('activation', name);
  return {
    inputShape: shape,
    outputShape: shape,
    trainable: [],
    variables: [],
    apply(x) {
      checkBatch(`activation '${name}'`, x, shape);
      return functions[name](x);
    },
    dispose() {},
  };
}

function checkActivation(where: string, name: string): void {
  if (Object.hasOwn(functions, name)) return;
  throw new CrossmodalError({
    code: 'option',
    where,
    expected: `one of ${Object.keys(functions).join(', ')}`,
    received: String(name),
  });
}
