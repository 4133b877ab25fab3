import type { DenseMatrix } from '@crossmodal/core';

/** Squared length of each row, `[n]`. */
export function squaredLengths({ rows, columns, values }: DenseMatrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let p = i * columns; p < (i + 1) * columns; p++) sum += values[p]! * values[p]!;
    return sum;
  });
}
