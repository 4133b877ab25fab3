import type { DenseMatrix } from '@crossmodal/core';

/** Inner product of row `i` of one matrix with row `j` of another; four sums at a time, so that additions need not wait for each other. */
export function rowProduct(
  { columns, values: x }: DenseMatrix,
  i: number,
  { values: y }: DenseMatrix,
  j: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let p = i * columns;
  let q = j * columns;
  const end = p + columns;
  for (; p + 3 < end; p += 4, q += 4) {
    a += x[p]! * y[q]!;
    b += x[p + 1]! * y[q + 1]!;
    c += x[p + 2]! * y[q + 2]!;
    d += x[p + 3]! * y[q + 3]!;
  }
  for (; p < end; p++, q++) a += x[p]! * y[q]!;
  return a + b + (c + d);
}
