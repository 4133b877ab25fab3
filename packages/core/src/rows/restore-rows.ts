import { denseMatrix, type DenseMatrix } from '../matrix.js';

/**
 * Undoes {@link selectRows} by a permutation: row k goes back to `order[k]`.
 *
 * @param matrix - shape `[n, d]`
 * @param order - a permutation of `0..n-1`
 * @returns shape `[n, d]`
 */
export function restoreRows<T extends Float32Array | Float64Array>(
  matrix: DenseMatrix<T>,
  order: ArrayLike<number>,
): DenseMatrix<T> {
  const { rows, columns, values } = matrix;
  const restored = values.slice() as T;
  for (let k = 0; k < rows; k++) {
    restored.set(values.subarray(k * columns, (k + 1) * columns), order[k]! * columns);
  }
  return denseMatrix(restored, rows, columns);
}
