import { checkFinite } from '@crossmodal/linalg';
import type { tf } from '@crossmodal/tensors';
import { checkGram } from '../checks/check-gram.js';
import { selectRank } from './select-rank.js';
import { hostDistances } from './squared-distances.js';

/**
 * Median of the squared distances over all pairs `i < j`, exactly: the scale of the Gaussian lift.
 *
 * It depends on the set of distances alone, so not on the order of rows. Where more than half of the pairs coincide the mean
 * distance stands in for the median of 0; it is 0 only when all samples coincide, or there is just one.
 *
 * @param gram - shape `[n, n]`
 * @returns 0 or more
 * @throws CrossmodalError `shape` when `gram` is not square; `value` when it is not finite.
 */
export function medianSquaredDistance(gram: tf.Tensor2D): number {
  const n = checkGram('medianSquaredDistance', gram);
  const products = gram.dataSync() as Float32Array;
  checkFinite('medianSquaredDistance', products);
  return medianOfDistances(hostDistances(products, n), n);
}

/** {@link medianSquaredDistance} of row-major distances `[n, n]`. */
export function medianOfDistances(distances: Float32Array, n: number): number {
  const pairs = new Float32Array((n * (n - 1)) / 2);
  let end = 0;
  for (let i = 0; i < n - 1; i++) {
    const row = distances.subarray(i * n + i + 1, (i + 1) * n);
    pairs.set(row, end);
    end += row.length;
  }
  return medianOfPairs(pairs);
}

/** {@link medianSquaredDistance} of the distances of all pairs, in any order. */
export function medianOfPairs(pairs: Float32Array): number {
  const count = pairs.length;
  if (count === 0) return 0;
  const upper = selectRank(pairs, count >> 1);
  const median = count % 2 === 1 ? upper : (selectRank(pairs, (count >> 1) - 1) + upper) / 2;
  return median > 0 ? median : meanOf(pairs);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
