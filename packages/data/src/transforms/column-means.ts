import type { DenseMatrix } from '@crossmodal/core';

/** Mean of each column over the given rows, length `d`, after `prepare` has changed a copy of each row. */
export function columnMeans(
  features: DenseMatrix,
  rows: Int32Array,
  prepare?: (row: Float64Array) => void,
): Float64Array {
  const d = features.columns;
  const means = new Float64Array(d);
  const row = new Float64Array(d);
  for (const i of rows) {
    row.set(features.values.subarray(i * d, (i + 1) * d));
    prepare?.(row);
    for (let j = 0; j < d; j++) means[j] = means[j]! + row[j]!;
  }
  for (let j = 0; j < d; j++) means[j] = means[j]! / rows.length;
  return means;
}
