import type { RandomSource } from '@crossmodal/core';
import { tf } from './tf.js';

/**
 * A float32 tensor of independent standard normal numbers drawn from `random`, in row-major order.
 *
 * @param shape - sizes of the tensor, each >= 0
 */
export function seededNormal(shape: readonly number[], random: RandomSource): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    [...shape],
    'float32',
  );
}
