import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** Matrices `[n_v, d]` one below the other, `[sum of n_v, d]`. */
export function stackRows(parts: readonly DenseMatrix[]): DenseMatrix<Float32Array> {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { columns } = parts[0]!;
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return denseMatrix(values, rows, columns);
}
