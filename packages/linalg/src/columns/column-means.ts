import type { DenseMatrix } from '@crossmodal/core';
import { everyRow } from './every-row.js';

/** Options of {@link columnMeans}. */
export interface ColumnMeansOptions {
  /** Rows that count. @defaultValue all */
  readonly rows?: Int32Array;
  /** Changes a copy of each row, in place, before it counts. */
  readonly prepare?: (row: Float64Array) => void;
}

/**
 * Mean of each column.
 *
 * @param features - shape `[n, d]`
 * @returns length `d`
 * @example
 * ```ts
 * const features = fromRows([[1, 2], [3, 6], [5, 1]]);
 * columnMeans(features); // 3, 3
 * columnMeans(features, { rows: Int32Array.of(0, 1) }); // 2, 4
 * ```
 */
export function columnMeans(features: DenseMatrix, options: ColumnMeansOptions = {}): Float64Array {
  const { rows = everyRow(features), prepare } = options;
  const means = meansAround(new Float64Array(features.columns), features, rows, prepare);
  // A sum of n doubles loses digits of its own; sums of what lies around the first means do not. Of single precision none are lost.
  return features.values instanceof Float32Array ? means : meansAround(means, features, rows, prepare);
}

function meansAround(
  centre: Float64Array,
  features: DenseMatrix,
  rows: Int32Array,
  prepare?: (row: Float64Array) => void,
): Float64Array {
  const sums = new Float64Array(features.columns);
  addToSums(sums, centre, features, rows, prepare);
  return meansOf(sums, centre, rows.length);
}

/** Adds rows, each less the centre, to sums of columns. */
export function addToSums(
  sums: Float64Array,
  centre: Float64Array,
  { columns: d, values }: DenseMatrix,
  rows: Int32Array,
  prepare?: (row: Float64Array) => void,
): void {
  const row = new Float64Array(d);
  for (const i of rows) {
    row.set(values.subarray(i * d, (i + 1) * d));
    prepare?.(row);
    for (let j = 0; j < d; j++) sums[j] = sums[j]! + (row[j]! - centre[j]!);
  }
}

/** Means from sums of what lies around a centre. */
export function meansOf(sums: Float64Array, centre: Float64Array, count: number): Float64Array {
  return sums.map((sum, j) => centre[j]! + sum / count);
}
