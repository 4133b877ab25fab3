import type { DenseMatrix } from '@crossmodal/core';

/** Writes row i less the means to `target`, length `d`. */
export function centredRow(
  features: DenseMatrix,
  i: number,
  means: Float64Array,
  target: Float64Array,
): void {
  const start = i * features.columns;
  for (let j = 0; j < target.length; j++) target[j] = features.values[start + j]! - means[j]!;
}
