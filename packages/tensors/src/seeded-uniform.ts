import type { RandomSource } from '@crossmodal/core';
import { tf } from './tf.js';

/**
 * A float32 tensor of independent numbers, uniform in `[low, high)`, drawn from `random` in row-major order.
 *
 * @param shape - sizes of the tensor, each >= 0
 * @param low - @defaultValue 0
 * @param high - @defaultValue 1
 */
export function seededUniform(shape: readonly number[], random: RandomSource, low = 0, high = 1): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, () => low + (high - low) * random.uniform());
  return tf.tensor(values, [...shape], 'float32');
}
