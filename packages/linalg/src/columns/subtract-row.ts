import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';

/**
 * Subtracts one row from every row, as for centring: `x_ij - r_j`, in 8-byte numbers.
 *
 * @param matrix - shape `[n, d]`
 * @param row - length `d`
 * @returns shape `[n, d]`
 * @throws CrossmodalError `shape` when the row has another length than those of the matrix.
 * @example
 * ```ts
 * const matrix = fromRows([[1, 2], [3, 6]]);
 * subtractRow(matrix, columnMeans(matrix)).values; // -1, -2, 1, 2
 * ```
 */
export function subtractRow(
  { rows, columns, values }: DenseMatrix,
  row: ArrayLike<number>,
): DenseMatrix<Float64Array> {
  if (row.length !== columns) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'subtractRow',
      expected: `a row of length ${columns}`,
      received: `length ${row.length}`,
    });
  }
  return denseMatrix(
    Float64Array.from(values, (value, p) => value - row[p % columns]!),
    rows,
    columns,
  );
}
