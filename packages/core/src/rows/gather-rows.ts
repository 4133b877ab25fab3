import { CrossmodalError } from '../errors.js';
import type { DenseMatrix, FloatArray } from '../matrix.js';

/**
 * Copies the rows of the given numbers of a dense matrix, in that order.
 *
 * @param matrix - shape `[n, d]`
 * @param indices - row numbers in `0..n-1`; repeats are allowed
 * @param where - the function that errors name
 * @returns shape `[indices.length, d]`, of the same precision
 * @throws CrossmodalError `value` when a number lies outside the rows.
 * @example
 * ```ts
 * gatherRows(fromRows([[1, 2], [3, 4], [5, 6]]), [2, 0]).values; // 5, 6, 1, 2
 * ```
 */
export function gatherRows<T extends FloatArray>(
  matrix: DenseMatrix<T>,
  indices: ArrayLike<number>,
  where = 'gatherRows',
): DenseMatrix<T> {
  const { rows, columns, values } = matrix;
  const length = indices.length * columns;
  const gathered = (
    values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
  ) as T;
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k]!;
    if (!Number.isInteger(i) || i < 0 || i >= rows) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: `row numbers in 0..${rows - 1}`,
        received: `${i} at ${k}`,
      });
    }
    gathered.set(values.subarray(i * columns, (i + 1) * columns), k * columns);
  }
  return { kind: 'dense', rows: indices.length, columns, values: gathered };
}
