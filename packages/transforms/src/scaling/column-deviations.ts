import type { DenseMatrix } from '@crossmodal/core';

/** Squares within these sum up without loss; outside, they overflow or vanish. */
const [LEAST, MOST] = [1e-280, 1e280];

/** Population deviation of each column over the given rows, length `d`. */
export function columnDeviations(features: DenseMatrix, rows: Int32Array, means: Float64Array): Float64Array {
  const d = features.columns;
  const squares = new Float64Array(d);
  for (const i of rows) {
    for (let j = 0; j < d; j++) squares[j] = squares[j]! + (features.values[i * d + j]! - means[j]!) ** 2;
  }
  return squares.map((sum, j) =>
    sum > LEAST && sum < MOST ? Math.sqrt(sum / rows.length) : scaledDeviation(features, rows, j, means[j]!),
  );
}

/** The deviation of a column of doubles so large or so small that their squares are not. */
function scaledDeviation(
  { columns, values }: DenseMatrix,
  rows: Int32Array,
  j: number,
  mean: number,
): number {
  let largest = 0;
  for (const i of rows) largest = Math.max(largest, Math.abs(values[i * columns + j]! - mean));
  if (!(largest > 0)) return largest;
  let squares = 0;
  for (const i of rows) squares += ((values[i * columns + j]! - mean) / largest) ** 2;
  return largest * Math.sqrt(squares / rows.length);
}
