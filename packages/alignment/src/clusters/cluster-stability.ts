import { denseMatrix, selectRows, vectors, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { ari } from '@crossmodal/metrics';
import { kMeans, kMeansPredict } from '@crossmodal/spectral';
import { checkPositive } from '../checks/check-positive.js';
import { projected } from '../linear-maps/projected.js';
import { principalBasis } from '../linear-maps/principal-basis.js';

/** Options of {@link clusterStability}. */
export interface ClusterStabilityOptions {
  /** Number of clusters. */
  readonly clusters: number;
  /** Draws the halves and the starts of k-means. */
  readonly random: RandomSource;
  /** Splits of the rows into halves. @defaultValue 5 */
  readonly splits?: number;
  /** Principal coordinates that k-means sees; further ones cost time and say little. @defaultValue 32 */
  readonly coordinates?: number;
  /** Starts of k-means on each half. @defaultValue 5 */
  readonly restarts?: number;
}

/**
 * How little the clusters of a modality depend on the sample, told without labels: the mean over splits of the adjusted Rand index between the
 * partitions of all rows by k-means of one half and of the other. Where there are no clusters, halves disagree.
 *
 * @param points - shape `[n, d]`, columns of mean 0
 * @returns about `0..1`; 0 when a half has fewer rows than there are clusters
 * @throws CrossmodalError `option` when a number is not an integer of 1 or more.
 * @example
 * ```ts
 * const points = centreColumns(fromRows(Array.from({ length: 60 }, (_, i) => [10 * (i % 3), i / 60])));
 * clusterStability(points, { clusters: 3, random: randomSource(0) }); // 1: three groups far apart
 * ```
 */
export function clusterStability(
  points: DenseMatrix,
  { clusters, random, splits = 5, coordinates = 32, restarts = 5 }: ClusterStabilityOptions,
): number {
  checkPositive('clusterStability', { clusters, splits, coordinates, restarts });
  const half = Math.floor(points.rows / 2);
  if (half < clusters) return 0;
  const basis = principalBasis(points, { size: coordinates, random: random.fork('basis') });
  const { rows, columns, values } = projected(points, basis);
  const seen = denseMatrix(Float32Array.from(values), rows, columns);
  let sum = 0;
  for (let split = 0; split < splits; split++) {
    const order = random.fork(`split ${split}`).permutation(points.rows);
    const [one, other] = [order.subarray(0, half), order.subarray(half)].map((rows, side) => {
      const part = selectRows(vectors('half', seen), rows).features;
      const { centroids } = kMeans(part, {
        clusters,
        restarts,
        random: random.fork(`split ${split}, half ${side}`),
      });
      return kMeansPredict(seen, centroids);
    });
    sum += ari(one!, other!) / splits;
  }
  return sum;
}
