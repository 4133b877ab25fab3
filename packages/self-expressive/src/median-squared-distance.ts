import type { tf } from '@crossmodal/tensors';
import { checkGram } from './check-gram.js';
import { quickselect } from './quickselect.js';
import { hostDistances } from './squared-distances.js';

/**
 * Median of the squared distances over all pairs `i < j`, exactly: the scale of the Gaussian lift.
 *
 * It depends on the set of distances alone, so not on the order of rows. Where more than half of the pairs coincide the mean
 * distance stands in for the median of 0; it is 0 only when all samples coincide, or there is just one.
 *
 * @param gram - shape `[n, n]`
 * @returns 0 or more
 * @throws CrossmodalError `shape` when `gram` is not square.
 */
export function medianSquaredDistance(gram: tf.Tensor2D): number {
  const n = checkGram('medianSquaredDistance', gram);
  return medianOfPairs(hostDistances(gram.dataSync() as Float32Array, n), n);
}

/** {@link medianSquaredDistance} of row-major distances `[n, n]`. */
export function medianOfPairs(distances: Float32Array, n: number): number {
  const count = (n * (n - 1)) / 2;
  if (count === 0) return 0;
  const pairs = new Float32Array(count);
  let end = 0;
  for (let i = 0; i < n - 1; i++) {
    const row = distances.subarray(i * n + i + 1, (i + 1) * n);
    pairs.set(row, end);
    end += row.length;
  }
  const upper = quickselect(pairs, count >> 1);
  if (count % 2 === 1) return upper > 0 ? upper : meanOf(pairs);
  // Everything before the selected rank is no larger, so the lower middle is the maximum there.
  let lower = 0;
  for (let p = 0; p < count >> 1; p++) lower = Math.max(lower, pairs[p]!);
  const median = (lower + upper) / 2;
  return median > 0 ? median : meanOf(pairs);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
