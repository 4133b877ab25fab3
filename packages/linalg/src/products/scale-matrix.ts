import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/**
 * A matrix times a number, `factor A`, in 8-byte numbers.
 *
 * @example
 * ```ts
 * scaleMatrix(fromRows([[1, 2]]), 3).values; // 3, 6
 * ```
 */
export function scaleMatrix(
  { rows, columns, values }: DenseMatrix,
  factor: number,
): DenseMatrix<Float64Array> {
  return denseMatrix(
    Float64Array.from(values, (value) => factor * value),
    rows,
    columns,
  );
}
