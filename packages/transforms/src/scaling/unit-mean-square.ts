import type { DenseMatrix } from '@crossmodal/core';
import type { FitTransformOptions } from '../fitted/fitted-transform.js';

/**
 * The factor that makes the mean square of all values of present rows 1: `(m d / ||X||_F^2)^(1/2)` for m of them. 1 where all values are zeros.
 *
 * @param features - shape `[n, d]`, rows of absent samples zero
 * @example
 * ```ts
 * console.log(unitMeanSquare(fromRows([[2, -2], [2, 2]]))); // 0.5
 * ```
 */
export function unitMeanSquare(
  { rows, columns, values }: DenseMatrix,
  { present }: FitTransformOptions = {},
): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  const there = present === undefined ? rows : present.reduce((sum, flag) => sum + flag, 0);
  return squares > 0 ? Math.sqrt((there * columns) / squares) : 1;
}
