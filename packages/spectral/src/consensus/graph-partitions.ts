import { checkInteger, checkNumber, type CsrMatrix, type RandomSource } from '@crossmodal/core';
import { checkAffinity } from '../graph/check-affinity.js';
import { kMeans } from '../k-means/k-means.js';
import { consensusAffinity } from './consensus-affinity.js';
import { embedAffinity } from './embed-affinity.js';

/** Options of {@link graphPartitions}. */
export interface GraphPartitionOptions {
  /** Number of clusters, `1..n`. */
  readonly clusters: number;
  /** Decides the start vectors of the eigen-solver, and the starts of k-means. */
  readonly random: RandomSource;
  /** Partitions, from different starts. @defaultValue 3 */
  readonly runs?: number;
  /** Starts of k-means for each. @defaultValue 3 */
  readonly restarts?: number;
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of the embedding. @defaultValue 0.5 */
  readonly bandwidth?: number;
  /** Stops the search. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Several partitions of the vertices of one graph: its heat-weighted spectral embedding, and k-means from different starts. Where they
 * differ, the graph does not decide.
 *
 * Of more connected components than columns of the embedding, the largest are told apart.
 *
 * @param graph - shape `[n, n]`, symmetric, non-negative
 * @returns `runs` labellings, `[n]` each, in `0..clusters-1`
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric; `option` on an
 * option out of range; `diverged` when the eigen-solver does not converge; `aborted` on the signal.
 * @example
 * ```ts
 * const graph = toCsr(fromRows([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]));
 * const partitions = graphPartitions(graph, { clusters: 2, random: randomSource(1) });
 * console.log(partitions.length); // 3
 * ```
 */
export function graphPartitions(graph: CsrMatrix, options: GraphPartitionOptions): Int32Array[] {
  const where = 'graphPartitions';
  const { clusters, random, runs = 3, restarts = 3 } = options;
  const { extraEigenvectors = 12, bandwidth = 0.5, signal } = options;
  checkAffinity(where, graph);
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: graph.rows });
  checkInteger(where, 'runs', runs, { minimum: 1 });
  checkInteger(where, 'extraEigenvectors', extraEigenvectors, { minimum: 0 });
  checkNumber(where, 'bandwidth', bandwidth, 0);
  const { embedding, rowOrder } = embedAffinity(consensusAffinity(graph, []), {
    clusters,
    random,
    extraEigenvectors,
    bandwidth,
    signal,
  });
  return Array.from(
    { length: runs },
    (_, run) =>
      kMeans(embedding, {
        clusters,
        random: random.fork(`run ${run}`),
        restarts,
        rowOrder,
        ...(signal === undefined ? {} : { signal }),
      }).labels,
  );
}
