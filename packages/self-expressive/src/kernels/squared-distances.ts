import { tf } from '@crossmodal/tensors';
import { checkGram } from '../checks/check-gram.js';
import { mirrorUpper } from './mirror-upper.js';

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
  const own = Float32Array.from({ length: n }, (_, i) => gram[i * n + i]!);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1, p = i * n + j; j < n; j++, p++)
      distances[p] = Math.max(own[i]! + own[j]! - 2 * gram[p]!, 0);
  }
  mirrorUpper(distances, n);
  return distances;
}
