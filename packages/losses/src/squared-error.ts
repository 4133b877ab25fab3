import { tf } from '@crossmodal/tensors';
import { checkSameShape } from './check-same-shape.js';
import { reduce, type Reduction } from './reduction.js';

/** Reduced squared difference of two tensors of one shape. */
export function squaredError(where: string, a: tf.Tensor, b: tf.Tensor, reduction: Reduction): tf.Scalar {
  checkSameShape(where, a, b);
  return tf.tidy(() => reduce(tf.square(tf.sub(a, b)), reduction));
}
