import { checkInteger, type DenseMatrix } from '@crossmodal/core';
import { normalisedCut, type NeighbourLists } from '../graph/normalised-cut.js';
import {
  subsampledKMeans,
  type SubsampledKMeansOptions,
  type SubsampledKMeansResult,
} from './subsampled-k-means.js';

/** Options of {@link leastCutKMeans}. */
export interface LeastCutKMeansOptions extends SubsampledKMeansOptions {
  /** Neighbours of each row, of whatever kind. */
  readonly neighbours: NeighbourLists;
  /** Partitions among which one is chosen, 1 or more. @defaultValue 5 */
  readonly partitions?: number;
}

/**
 * k-means several times, and of its partitions the one that divides the fewest neighbours: that of the smallest {@link normalisedCut}.
 *
 * Partitions that differ by a whole cluster can have nearly the same inertia, so that the order of the rows decides between them; neighbours tell them apart.
 *
 * @param points - `[n, d]`, finite
 * @throws CrossmodalError as {@link subsampledKMeans} and {@link normalisedCut}; `option` when `partitions` is no positive integer.
 * @example
 * ```ts
 * const points = fromRows([[0], [0.1], [5], [5.1]]);
 * const neighbours = { count: 1, indices: Int32Array.of(1, 0, 3, 2) };
 * leastCutKMeans(points, { clusters: 2, neighbours, random: randomSource(1) }).labels; // 0, 0, 1, 1
 * ```
 */
export function leastCutKMeans(
  points: DenseMatrix,
  { neighbours, partitions = 5, random, ...options }: LeastCutKMeansOptions,
): SubsampledKMeansResult {
  checkInteger('leastCutKMeans', 'partitions', partitions, { minimum: 1 });
  let least = Infinity;
  let best: SubsampledKMeansResult | undefined;
  for (let p = 0; p < partitions; p++) {
    const found = subsampledKMeans(points, { ...options, random: random.fork(`partition ${p}`) });
    const cut = normalisedCut(found.labels, neighbours, options.clusters);
    if (cut < least) [least, best] = [cut, found];
  }
  return best!;
}
