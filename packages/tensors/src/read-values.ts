import { tf } from './tf.js';

/**
 * Runs a computation and reads the values of the tensor it returns, row-major; every tensor made on the way is freed.
 *
 * Returning the values from `tf.tidy` itself would be slow: it searches what it is given for tensors, key by key.
 *
 * @param body - makes one float32 tensor
 * @returns its values; they may belong to the backend, so copy them before changing them
 * @example
 * ```ts
 * const values = readValues(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]))); // [3, 3, 3, 3]
 * ```
 */
export function readValues(body: () => tf.Tensor): Float32Array {
  const result = tf.tidy(body);
  try {
    return result.dataSync() as Float32Array;
  } finally {
    result.dispose();
  }
}
