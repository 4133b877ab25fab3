import type { DenseMatrix, FitOptions, RandomSource } from '@crossmodal/core';
import { smoothOverNeighbours, type NearestNeighbours } from '@crossmodal/self-expressive';
import { leastCutKMeans } from '@crossmodal/spectral';
import { unitRows } from '@crossmodal/transforms';

/** Options of {@link neighbourPartition}. */
export interface NeighbourPartitionOptions extends Pick<FitOptions, 'signal'> {
  /** Clusters of the partition, no more than rows. */
  readonly clusters: number;
  /** Neighbours of each row, of whatever kind: lists of the same n objects. */
  readonly neighbours: NearestNeighbours;
  /** Decides the starts of k-means. */
  readonly random: RandomSource;
}

/**
 * A partition of a representation that goes along with neighbours: rows of unit length are drawn halfway to the mean of their neighbours, k-means divides them five
 * times, and the partition that divides the fewest neighbours is taken ({@link leastCutKMeans}).
 *
 * @param representation - shape `[n, q]`
 * @returns cluster of each row, `0..clusters-1`, length `n`
 * @throws CrossmodalError `shape` when there is not one list for each row; `option` when there are more clusters than rows; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows, randomSource } from '@crossmodal/core';
 * const representation = fromRows([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]]);
 * const neighbours = { count: 1, indices: Int32Array.of(1, 0, 3, 2) };
 * neighbourPartition(representation, { clusters: 2, neighbours, random: randomSource(1) }); // 0, 0, 1, 1
 * ```
 */
export function neighbourPartition(
  representation: DenseMatrix,
  { neighbours, signal, ...options }: NeighbourPartitionOptions,
): Int32Array {
  const drawn = smoothOverNeighbours(unitRows(representation), [{ neighbours, weight: 1 }], { times: 1 });
  return leastCutKMeans(drawn, { ...options, neighbours, ...(signal && { signal }) }).labels;
}
