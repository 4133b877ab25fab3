import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { Layer } from './layer.js';
import { batchShape, checkBatch, sizeOf } from './shapes.js';

/**
 * A layer that gives each sample another shape of the same size, row-major.
 *
 * @throws CrossmodalError `shape` when the two sizes differ.
 */
export function reshape(inputShape: readonly number[], outputShape: readonly number[]): Layer {
  if (sizeOf(inputShape) !== sizeOf(outputShape)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'reshape',
      expected: `a shape of ${sizeOf(inputShape)} values, as ${batchShape(inputShape)}`,
      received: `${batchShape(outputShape)}`,
    });
  }
  return {
    inputShape,
    outputShape,
    trainable: [],
    variables: [],
    apply(x) {
      checkBatch('reshape', x, inputShape);
      return tf.reshape(x, [x.shape[0]!, ...outputShape]);
    },
    dispose() {},
  };
}

/** A layer that lays each sample out as one vector, `[n, ...shape]` to `[n, size]`. */
export function flatten(inputShape: readonly number[]): Layer {
  return reshape(inputShape, [sizeOf(inputShape)]);
}
