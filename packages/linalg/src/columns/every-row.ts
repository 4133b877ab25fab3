import type { DenseMatrix } from '@crossmodal/core';

/** The numbers of all rows, ascending. */
export function everyRow({ rows }: DenseMatrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i);
}
