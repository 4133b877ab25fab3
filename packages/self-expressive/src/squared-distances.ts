import { tf } from '@crossmodal/tensors';
import { checkGram } from './check-gram.js';

/**
 * Squared Euclidean distances between samples, from their Gram matrix: `D_ij = max(G_ii + G_jj - 2 G_ij, 0)`.
 * On rows of unit length that is `max(2 - 2 G_ij, 0)`.
 *
 * @param gram - shape `[n, n]`, symmetric (its upper half is read)
 * @returns shape `[n, n]`, symmetric, zero diagonal
 * @throws CrossmodalError `shape` when `gram` is not square.
 */
export function squaredDistances(gram: tf.Tensor2D): tf.Tensor2D {
  const n = checkGram('squaredDistances', gram);
  return tf.tensor2d(hostDistances(gram.dataSync() as Float32Array, n), [n, n], 'float32');
}

/** {@link squaredDistances} of row-major values `[n, n]`. */
export function hostDistances(gram: Float32Array, n: number): Float32Array {
  const distances = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    const own = gram[i * n + i]!;
    for (let j = i + 1; j < n; j++) {
      const distance = Math.max(own + gram[j * n + j]! - 2 * gram[i * n + j]!, 0);
      distances[i * n + j] = distance;
      distances[j * n + i] = distance;
    }
  }
  return distances;
}
