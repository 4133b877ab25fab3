import {
  checkInteger,
  checkNumber,
  checkPermutation,
  CrossmodalError,
  denseMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { lexicographicOrder } from './canonical-order.js';
import { bestSampledStart, bestStart } from './starts.js';

/** Options of {@link kMeans}. */
export interface KMeansOptions {
  /** Number of clusters, `1..n`. */
  readonly clusters: number;
  /** Decides the seeding. */
  readonly random: RandomSource;
  /**
   * Independent starts; the one with the lowest inertia wins.
   *
   * @defaultValue 10
   */
  readonly restarts?: number;
  /**
   * Iterations a start at most.
   *
   * @defaultValue 300
   */
  readonly maxIterations?: number;
  /**
   * A start ends when the squared movements of its centroids sum up to at most this part of the mean variance of the columns.
   *
   * @defaultValue 1e-4
   */
  readonly tolerance?: number;
  /**
   * Rows on which starts are tried, evenly spaced in the order in which rows are visited, never fewer than `clusters`: the three best then go on with all rows.
   *
   * @defaultValue Infinity, all rows
   */
  readonly startSample?: number;
  /**
   * Rows in the order in which they are visited, a permutation of `0..n-1`, for callers who know one that follows the rows
   * when they are permuted. Clusters are then numbered by their first row in it.
   *
   * @defaultValue lexicographic order of the coordinates
   */
  readonly rowOrder?: ArrayLike<number>;
  /** Stops the search between iterations. */
  readonly signal?: AbortSignal;
}

/** A partition by k-means. */
export interface KMeansResult {
  /** Cluster of each row, `[n]`: the nearest centroid. */
  readonly labels: Int32Array;
  /** One row a cluster, `[clusters, d]`. */
  readonly centroids: DenseMatrix<Float64Array>;
  /** Sum of squared distances of the rows to their centroids. */
  readonly inertia: number;
  /** Iterations that the winning start took. */
  readonly iterations: number;
}

/**
 * k-means: minimises Σ_i ‖x_i − μ_(label i)‖² from several greedy k-means++ starts.
 *
 * The order of the rows does not matter: they are visited in lexicographic order and clusters are numbered by the
 * lexicographic order of their centroids, so permuting the rows permutes the labels and changes nothing else, to the last bit.
 * A cluster that runs empty restarts at the point farthest from its centroid. With fewer distinct rows than clusters, some
 * clusters stay empty.
 *
 * @param points - `[n, d]`, finite
 * @throws CrossmodalError `shape` when there is no row; `value` on NaN or infinite coordinates; `option` on an option out of range
 * (more clusters than rows among them); `aborted` on the signal.
 * @example
 * ```ts
 * const { labels } = kMeans(fromRows([[0], [0.1], [5]]), { clusters: 2, random: randomSource(1) }); // 0, 0, 1
 * ```
 */
export function kMeans(points: DenseMatrix, options: KMeansOptions): KMeansResult {
  const where = 'kMeans';
  const {
    clusters,
    random,
    restarts = 10,
    maxIterations = 300,
    tolerance = 1e-4,
    startSample = Infinity,
    rowOrder,
    signal,
  } = options;
  const { rows: n, columns: d, values } = points;
  if (n === 0)
    throw new CrossmodalError({ code: 'shape', where, expected: 'at least one row', received: `[0, ${d}]` });
  checkFinite(where, points.values);
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: n });
  checkInteger(where, 'restarts', restarts, { minimum: 1 });
  checkInteger(where, 'maxIterations', maxIterations, { minimum: 1 });
  checkNumber(where, 'tolerance', tolerance, 0);
  if (startSample !== Infinity) checkInteger(where, 'startSample', startSample, { minimum: 1 });

  if (rowOrder !== undefined) checkPermutation(where, 'rowOrder', rowOrder, n);
  const order = rowOrder ?? lexicographicOrder(values, n, d);
  const sorted = new Float64Array(n * d);
  for (let r = 0; r < n; r++) for (let j = 0; j < d; j++) sorted[r * d + j] = values[order[r]! * d + j]!;
  const shiftLimit = tolerance * meanVariance(sorted, n, d);

  const starts = { points: sorted, n, d, clusters, restarts, maxIterations, shiftLimit, random, signal };
  const best = startSample >= n ? bestStart(starts) : bestSampledStart(starts, startSample);
  const { labels: ranked, centroids, inertia, iterations } = best;
  const number =
    rowOrder === undefined ? ranks(lexicographicOrder(centroids, clusters, d)) : byFirstRow(ranked, clusters);
  const labels = new Int32Array(n);
  for (let r = 0; r < n; r++) labels[order[r]!] = number[ranked[r]!]!;
  const numbered = new Float64Array(clusters * d);
  for (let c = 0; c < clusters; c++) numbered.set(centroids.subarray(c * d, c * d + d), number[c]! * d);
  return { labels, centroids: denseMatrix(numbered, clusters, d), inertia, iterations };
}

function meanVariance(values: Float64Array, n: number, d: number): number {
  const mean = new Float64Array(d);
  for (let p = 0; p < values.length; p += d) for (let j = 0; j < d; j++) mean[j]! += values[p + j]! / n;
  let sum = 0;
  for (let p = 0; p < values.length; p += d)
    for (let j = 0; j < d; j++) sum += (values[p + j]! - mean[j]!) ** 2;
  return values.length === 0 ? 0 : sum / values.length;
}

function ranks(order: Int32Array): Int32Array {
  const rank = new Int32Array(order.length);
  order.forEach((item, place) => (rank[item] = place));
  return rank;
}

/** Clusters in the order in which the labels first name them; empty ones last. */
function byFirstRow(labels: Int32Array, clusters: number): Int32Array {
  const number = new Int32Array(clusters).fill(-1);
  let next = 0;
  for (const label of labels) if (number[label]! < 0) number[label] = next++;
  for (let c = 0; c < clusters; c++) if (number[c]! < 0) number[c] = next++;
  return number;
}
