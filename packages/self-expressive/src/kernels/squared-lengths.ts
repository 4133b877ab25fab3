import type { DenseMatrix } from '@crossmodal/core';

/** Squared length of each row, `[n]`. */
export function squaredLengths({ rows, columns, values }: DenseMatrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let i = 0, p = 0; i < rows; i++) {
    let sum = 0;
    for (const end = p + columns; p < end; p++) sum += values[p]! * values[p]!;
    squares[i] = sum;
  }
  return squares;
}
