import type { DenseMatrix } from '@crossmodal/core';

/** How cells are ranked for a row: by its distance from their means, or by its product with them. */
export type CellRanking = 'distance' | 'product';

/**
 * What is taken from the product of a row with each mean so that the largest is the first in the ranking: `|c|^2 / 2` for the distance, of which
 * `|x|^2 / 2` is the same for all cells, and nothing for the product.
 */
export function halfSquares(
  { rows, columns: d, values }: DenseMatrix<Float32Array>,
  ranking: CellRanking,
): Float32Array {
  const halves = new Float32Array(rows);
  if (ranking === 'product') return halves;
  for (let c = 0; c < rows; c++) {
    let sum = 0;
    for (let p = c * d; p < (c + 1) * d; p++) sum += values[p]! * values[p]!;
    halves[c] = sum / 2;
  }
  return halves;
}
