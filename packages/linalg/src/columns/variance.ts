/**
 * Population variance of values, `sum x^2 / n - (sum x / n)^2`; 0 where they are all the same.
 *
 * @param values - at least one
 * @example
 * ```ts
 * variance([1, 5, 1, 5]); // 4
 * ```
 */
export function variance(values: Iterable<number> & ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  // Rounding can leave a negative number where all values are the same.
  return Math.max(0, squares / values.length - mean * mean);
}
