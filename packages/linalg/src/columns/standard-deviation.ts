import { variance } from './variance.js';

/**
 * Population deviation of values, `sqrt(sum x^2 / n - (sum x / n)^2)`; 0 where they are all the same.
 *
 * @param values - at least one
 * @example
 * ```ts
 * standardDeviation([1, 3, 1, 3]); // 1
 * ```
 */
export function standardDeviation(values: Iterable<number> & ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}
