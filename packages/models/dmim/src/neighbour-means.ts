import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { TrainingModality } from './training-context.js';

/** What {@link neighbourMeans} gives. */
export interface NeighbourMeans {
  /** Shape `[n, d]`. */
  readonly sums: DenseMatrix<Float64Array>;
  /** Weight that each object's neighbours have, at most the sum of the modalities' weights; 0 without any. */
  readonly masses: Float64Array;
}

/**
 * Means of rows over an object's neighbours, by the weights of modalities: `sum_v w_v sum_{j in N_v(i)} x_j / count`.
 *
 * An object is its own neighbour in a modality without lists; places of a list that are not filled count as zeros.
 */
export function neighbourMeans(
  { rows: n, columns: d, values }: DenseMatrix,
  modalities: readonly Pick<TrainingModality, 'neighbours' | 'weight'>[],
): NeighbourMeans {
  const sums = new Float64Array(n * d);
  const masses = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (const { neighbours, weight } of modalities) {
      const own = neighbours?.indices.subarray(i * neighbours.count, (i + 1) * neighbours.count) ?? [i];
      const share = weight / own.length;
      for (const j of own) {
        if (j < 0) continue;
        masses[i]! += share;
        for (let c = 0; c < d; c++) sums[i * d + c]! += share * values[j * d + c]!;
      }
    }
  }
  return { sums: denseMatrix(sums, n, d), masses };
}
