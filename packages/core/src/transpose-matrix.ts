import type { DenseMatrix, FloatArray } from './matrix.js';

/** Transposes a dense matrix: `[n, d]` becomes `[d, n]`, a new array of the same precision. */
export function transposeMatrix<T extends FloatArray>(matrix: DenseMatrix<T>): DenseMatrix<T> {
  const { rows, columns, values } = matrix;
  const result = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j]!;
  }
  return { kind: 'dense', rows: columns, columns: rows, values: result };
}
