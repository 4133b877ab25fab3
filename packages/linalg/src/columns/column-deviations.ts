import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from './column-means.js';
import { everyRow } from './every-row.js';

/** Squares within these sum up without loss; outside, they overflow or vanish. */
const [LEAST, MOST] = [1e-280, 1e280];

/** Options of {@link columnDeviations}. */
export interface ColumnDeviationsOptions {
  /** Rows that count. @defaultValue all */
  readonly rows?: Int32Array;
  /** Mean of each column over these rows, length `d`. @defaultValue {@link columnMeans} */
  readonly means?: Float64Array;
}

/**
 * Population deviation of each column, `sqrt(sum_i (x_ij - m_j)^2 / n)`; squares neither overflow nor vanish.
 *
 * @param features - shape `[n, d]`
 * @returns length `d`
 * @example
 * ```ts
 * columnDeviations(fromRows([[1, 5], [3, 5]])); // 1, 0
 * ```
 */
export function columnDeviations(features: DenseMatrix, options: ColumnDeviationsOptions = {}): Float64Array {
  const { rows = everyRow(features) } = options;
  const { means = columnMeans(features, { rows }) } = options;
  const d = features.columns;
  const squares = new Float64Array(d);
  addSquares(squares, features, rows, means);
  return squares.map((sum, j) =>
    isInRange(sum) ? Math.sqrt(sum / rows.length) : scaledDeviation(features, rows, j, means[j]!),
  );
}

/** Whether a sum of squares has lost nothing. */
export function isInRange(sum: number): boolean {
  return sum > LEAST && sum < MOST;
}

/**
 * Adds the squared distances of rows from the means, column by column.
 *
 * @param units - what distances are divided by; left out for 1
 */
export function addSquares(
  squares: Float64Array,
  { columns: d, values }: DenseMatrix,
  rows: Int32Array,
  means: Float64Array,
  units?: Float64Array,
): void {
  for (const i of rows) {
    if (units === undefined) {
      for (let j = 0; j < d; j++) squares[j] = squares[j]! + (values[i * d + j]! - means[j]!) ** 2;
    } else {
      for (let j = 0; j < d; j++)
        squares[j] = squares[j]! + ((values[i * d + j]! - means[j]!) / units[j]!) ** 2;
    }
  }
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
