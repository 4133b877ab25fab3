import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { reduce, type Reduction } from './reduction.js';

/** Reduced squared difference of two tensors of one shape; broadcasting is refused, because it hides mistakes. */
export function squaredError(where: string, a: tf.Tensor, b: tf.Tensor, reduction: Reduction): tf.Scalar {
  if (a.rank !== b.rank || a.shape.some((size, axis) => size !== b.shape[axis])) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `two tensors of shape [${a.shape.join(', ')}]`,
      received: `a second one of [${b.shape.join(', ')}]`,
    });
  }
  return tf.tidy(() => reduce(tf.square(tf.sub(a, b)), reduction));
}
