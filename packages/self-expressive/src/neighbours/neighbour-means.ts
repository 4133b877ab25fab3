import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { NearestNeighbours } from './search/neighbour-types.js';

/** Neighbours of all objects in one modality, and how much they count. */
export interface WeightedNeighbours {
  /** Lists of the same objects; without them an object is its own neighbour. */
  readonly neighbours?: NearestNeighbours | undefined;
  /** Weight of the modality, 0 or more. */
  readonly weight: number;
}

/** Result of {@link neighbourMeans}. */
export interface NeighbourMeans {
  /** Weighted sums, shape `[n, d]`; zeros for an object without neighbours. */
  readonly sums: DenseMatrix<Float64Array>;
  /** Weight that each object's neighbours have together, `[n]`, at most the sum of the modalities' weights. */
  readonly masses: Float64Array;
}

/**
 * Means of rows over an object's neighbours, weighed by modalities: `sum_v w_v / count_v sum_{j in N_v(i)} x_j`.
 *
 * Places of a list that are not filled count as zeros, so an object with few neighbours has a small sum, and a small mass by which it can be
 * divided. With weights that sum to 1 and full lists the sums are means.
 *
 * @param rows - shape `[n, d]`
 * @throws CrossmodalError `shape` when a modality has not one list for each row.
 * @example
 * ```ts
 * const circle = { count: 2, indices: Int32Array.of(1, 2, 0, 2, 0, 1) };
 * const { sums } = neighbourMeans(fromRows([[0], [3], [6]]), [{ neighbours: circle, weight: 1 }]);
 * console.log(sums.values); // 4.5, 3, 1.5
 * ```
 */
export function neighbourMeans(
  { rows: n, columns: d, values }: DenseMatrix,
  modalities: readonly WeightedNeighbours[],
): NeighbourMeans {
  for (const { neighbours } of modalities) checkLists(neighbours, n);
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

function checkLists(neighbours: NearestNeighbours | undefined, n: number): void {
  if (neighbours === undefined || neighbours.indices.length === n * neighbours.count) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'neighbourMeans modalities',
    expected: `${n} lists of ${neighbours.count} neighbours`,
    received: `${neighbours.indices.length} indices`,
  });
}
