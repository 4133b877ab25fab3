import { denseMatrix, selectRows, vectors, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { ari } from '@crossmodal/metrics';
import { kMeans, kMeansPredict } from '@crossmodal/spectral';
import { projected } from './linear-map.js';
import { principalBasis } from './whitened-basis.js';

/** Splits of the rows. */
const SPLITS = 5;
/** Principal coordinates that k-means sees; further ones cost time and say little. */
const DIMENSIONS = 32;
/** Starts of k-means on each half. */
const STARTS = 5;

/**
 * How much the clusters of a modality depend on the sample: the mean over splits of the adjusted Rand index between the partitions of all rows by
 * k-means of one half and of the other, in about `0..1`. Where there are no clusters, halves disagree.
 *
 * @param points - centred, `[n, d]`
 */
export function clusterStability(
  points: DenseMatrix<Float32Array>,
  clusters: number,
  random: RandomSource,
): number {
  const half = Math.floor(points.rows / 2);
  if (half < clusters) return 0;
  const basis = principalBasis(points, DIMENSIONS, random.fork('basis'));
  const { rows, columns, values } = projected(points, basis);
  const seen = denseMatrix(Float32Array.from(values), rows, columns);
  let sum = 0;
  for (let split = 0; split < SPLITS; split++) {
    const order = random.fork(`split ${split}`).permutation(points.rows);
    const [one, other] = [order.subarray(0, half), order.subarray(half)].map((rows, side) => {
      const part = selectRows(vectors('half', seen), rows).features;
      const { centroids } = kMeans(part, {
        clusters,
        restarts: STARTS,
        random: random.fork(`split ${split}, half ${side}`),
      });
      return kMeansPredict(seen, centroids);
    });
    sum += ari(one!, other!) / SPLITS;
  }
  return sum;
}
