import type { DenseMatrix } from '@crossmodal/core';

/** The rows of a matrix as plain arrays. */
export function rowsOf({ rows, columns, values }: DenseMatrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
}
