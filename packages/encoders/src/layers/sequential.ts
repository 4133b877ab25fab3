import { CrossmodalError } from '@crossmodal/core';
import { joinModules, tf } from '@crossmodal/tensors';
import type { Layer } from './layer.js';
import { batchShape, checkBatch, sameShape } from './shapes.js';

/**
 * Chains layers, each fed by the one before; no layer at all is the identity on `inputShape`.
 *
 * The chain owns its layers: disposing of it disposes of them.
 *
 * @throws CrossmodalError `shape` when a layer does not take what the one before gives.
 */
export function sequential(inputShape: readonly number[], layers: readonly Layer[]): Layer {
  let outputShape = inputShape;
  layers.forEach((layer, index) => {
    if (!sameShape(layer.inputShape, outputShape)) {
      throw new CrossmodalError({
        code: 'shape',
        where: `sequential, layer ${index}`,
        expected: `a layer that takes ${batchShape(outputShape)}`,
        received: `one that takes ${batchShape(layer.inputShape)}`,
      });
    }
    outputShape = layer.outputShape;
  });
  return {
    ...joinModules(layers),
    inputShape,
    outputShape,
    apply(x, context) {
      checkBatch('sequential', x, inputShape);
      return tf.tidy(() => {
        const y = layers.reduce((value, layer) => layer.apply(value, context), x);
        // A chain without layers gives the caller a tensor of its own all the same.
        return y === x ? tf.clone(x) : y;
      });
    },
  };
}
