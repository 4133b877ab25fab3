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
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  // Rounding can leave a negative number where all values are the same.
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
