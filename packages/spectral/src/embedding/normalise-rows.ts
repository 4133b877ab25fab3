import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/**
 * Divides each row by its Euclidean norm; zero rows stay zero.
 *
 * @param matrix - shape `[n, d]`, finite
 * @example
 * ```ts
 * console.log(normaliseRows(fromRows([[3, 4], [0, 0]])).values); // 0.6, 0.8, 0, 0
 * ```
 */
export function normaliseRows(matrix: DenseMatrix): DenseMatrix<Float64Array> {
  const { rows, columns } = matrix;
  const values = Float64Array.from(matrix.values);
  for (let i = 0; i < rows; i++) {
    let squares = 0;
    for (let j = i * columns; j < (i + 1) * columns; j++) squares += values[j]! * values[j]!;
    const norm = Math.sqrt(squares);
    if (norm > 0) for (let j = i * columns; j < (i + 1) * columns; j++) values[j]! /= norm;
  }
  return denseMatrix(values, rows, columns);
}
