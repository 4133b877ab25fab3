import type { DenseMatrix, FloatArray } from '@crossmodal/core';

/**
 * Transposes a dense matrix: `[n, d]` becomes `[d, n]`, a new array of the same precision.
 *
 * @see {@link transposeCsr} for sparse ones
 * @example
 * ```ts
 * transposeMatrix(fromRows([[1, 2], [3, 4]])).values; // 1, 3, 2, 4
 * ```
 */
export function transposeMatrix<T extends FloatArray>(matrix: DenseMatrix<T>): DenseMatrix<T> {
  const { rows, columns, values } = matrix;
  const result = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]!;
  }
  return { kind: 'dense', rows: columns, columns: rows, values: result };
}
