import { checkInteger, CrossmodalError, evenlySpaced, gatherRows, type DenseMatrix } from '@crossmodal/core';
import { kMeansPredict } from './k-means-predict.js';
import { kMeans, type KMeansOptions } from './k-means.js';

/** Options of {@link subsampledKMeans}. */
export interface SubsampledKMeansOptions extends Omit<KMeansOptions, 'rowOrder' | 'startSample'> {
  /** Rows among which centroids are sought, at most; never fewer than `clusters`. @defaultValue 10000 */
  readonly sampleSize?: number;
}

/** A partition by {@link subsampledKMeans}. */
export interface SubsampledKMeansResult {
  /** Cluster of each row, `[n]`: the nearest centroid. */
  readonly labels: Int32Array;
  /** One row per cluster, `[clusters, d]`. */
  readonly centroids: DenseMatrix<Float64Array>;
}

/**
 * k-means on evenly spaced rows, and the nearest centroid for all: the time that centroids take does not grow with n.
 *
 * The sample is rows `floor(i n / m)`, `i = 0..m-1`, with `m = min(n, max(sampleSize, clusters))`, so the order of the rows matters unless all
 * are taken.
 *
 * @param points - `[n, d]`, finite
 * @throws CrossmodalError `shape` when there is no row; `value` on NaN or infinite coordinates; `option` on an option out of range
 * (more clusters than rows among them); `aborted` on the signal.
 * @see {@link kMeans}
 * @example
 * ```ts
 * const points = fromRows([[0], [0.1], [0.2], [5], [5.1], [5.2]]);
 * subsampledKMeans(points, { clusters: 2, sampleSize: 4, random: randomSource(1) }).labels; // 0, 0, 0, 1, 1, 1
 * ```
 */
export function subsampledKMeans(
  points: DenseMatrix,
  { sampleSize = 10_000, ...options }: SubsampledKMeansOptions,
): SubsampledKMeansResult {
  const where = 'subsampledKMeans';
  const { rows: n, columns: d } = points;
  if (n === 0)
    throw new CrossmodalError({ code: 'shape', where, expected: 'at least one row', received: `[0, ${d}]` });
  checkInteger(where, 'sampleSize', sampleSize, { minimum: 1 });
  checkInteger(where, 'clusters', options.clusters, { minimum: 1, maximum: n });
  const sample = gatherRows(points, evenlySpaced(n, Math.max(sampleSize, options.clusters)));
  const { centroids } = kMeans(sample, options);
  return { labels: kMeansPredict(points, centroids), centroids };
}
