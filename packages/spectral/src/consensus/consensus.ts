import {
  checkInteger,
  checkNumber,
  CrossmodalError,
  csrMatrix,
  type CsrMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { weightedSumCsr, type WeightedPartition } from '@crossmodal/linalg';
import { encodeLabels, type Labels } from '@crossmodal/metrics';
import { joinComponents } from '../assign/join-components.js';
import type { SpectralEmbedding } from '../embedding/spectral-embedding.js';
import { checkAffinity } from '../graph/check-affinity.js';
import { degreesOf } from '../graph/degrees.js';
import { kMeans } from '../k-means/k-means.js';
import { agreement } from './agreement.js';
import { consensusAffinity, type ConsensusAffinity } from './consensus-affinity.js';
import { embedAffinity } from './embed-affinity.js';
import { supportWeights, type MemberSupport, type SupportOptions } from './support-weights.js';

/** What {@link consensus} is of. */
export interface ConsensusMembers {
  /** Affinity of each member, shape `[n, n]`, symmetric, non-negative; undefined for members that have partitions alone. @defaultValue none */
  readonly graphs?: readonly (CsrMatrix | undefined)[];
  /** Partitions of each member, one at least, length n, labels of any values. */
  readonly partitions: readonly (readonly Labels[])[];
}

/** Options of {@link consensus}. */
export interface ConsensusOptions extends SupportOptions {
  /** Number of clusters, `1..n`. */
  readonly clusters: number;
  /** Decides the start vectors of the eigen-solver, and the starts of k-means. */
  readonly random: RandomSource;
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of the embedding. @defaultValue 0.5 */
  readonly bandwidth?: number;
  /** Starts of k-means. @defaultValue 10 */
  readonly restarts?: number;
  /** Stops the search. */
  readonly signal?: AbortSignal | undefined;
}

/** Clusters that members agree on. */
export interface Consensus extends SpectralEmbedding, MemberSupport {
  /** Cluster of each object, `[n]`, in `0..clusters-1`. */
  readonly labels: Int32Array;
  /** What was clustered. */
  readonly affinity: ConsensusAffinity;
  /** Mean adjusted Rand index between the partitions of two members, `[members, members]`. */
  readonly agreement: DenseMatrix<Float64Array>;
  /** Weight of each member's graph in `affinity.graph`, `[members]`; 0 where it has none. */
  readonly graphWeights: Float64Array;
}

/**
 * Consensus of clusterings of the same objects, with or without the graphs that they come from.
 *
 * Members are weighed by how far their partitions agree with those of others, {@link supportWeights}. The affinity is
 * `B = A + C / c` with `A` the mean of the graphs by these weights, each divided by its mean degree; `C = sum_g sum_a (w_g / r_g) Y_ga Y_ga^T`
 * over the `r_g` partitions of each member, `Y_ga` the one-hot labels `[n, k]`; and `c` the mean row sum of `C`. Its
 * heat-weighted spectral embedding is clustered by k-means. Where there are as many connected components as clusters, or more, they stay whole.
 *
 * @throws CrossmodalError `shape` when there is no member, one has no partition, or sizes differ; `value` when a graph has an entry that is not
 * finite, negative or not symmetric, or a label is NaN; `option` on an option out of range; `diverged` when the eigen-solver does not
 * converge; `aborted` on the signal.
 * @example
 * ```ts
 * const partitions = [[[0, 0, 0, 1, 1, 1]], [[0, 0, 0, 1, 1, 1]], [[0, 1, 0, 1, 0, 1]]];
 * const { labels, weights } = consensus({ partitions }, { clusters: 2, random: randomSource(1) });
 * console.log(labels, weights); // 0, 0, 0, 1, 1, 1; the third weighs little
 * ```
 */
export function consensus(members: ConsensusMembers, options: ConsensusOptions): Consensus {
  const where = 'consensus';
  const { clusters, random, extraEigenvectors = 12, bandwidth = 0.5, restarts = 10, signal } = options;
  const n = checkMembers(where, members);
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: n });
  checkInteger(where, 'extraEigenvectors', extraEigenvectors, { minimum: 0 });
  checkInteger(where, 'restarts', restarts, { minimum: 1 });
  checkNumber(where, 'bandwidth', bandwidth, 0);
  const agreed = agreement(members.partitions);
  const { support, weights } = supportWeights(agreed, options);
  const graphWeights = weightsOfGraphs(members, weights);
  const affinity = consensusAffinity(
    weightedGraph(members, graphWeights, n),
    weightedPartitions(members, weights, n),
  );
  const embedded = embedAffinity(affinity, {
    clusters,
    random,
    extraEigenvectors,
    bandwidth,
    signal,
  });
  const { embedding, rowOrder, components } = embedded;
  const whole = components.count > 1 && clusters <= components.count;
  const labels = whole
    ? joinComponents(components, { clusters, rowOrder })
    : kMeans(embedding, {
        clusters,
        random,
        restarts,
        rowOrder,
        ...(signal === undefined ? {} : { signal }),
      }).labels;
  return { labels, affinity, ...embedded, agreement: agreed, support, weights, graphWeights };
}

function checkMembers(where: string, { graphs = [], partitions }: ConsensusMembers): number {
  const n = partitions[0]?.[0]?.length ?? 0;
  const sizes = [
    ...partitions.flatMap((runs) => runs.map(({ length }) => length)),
    ...graphs.flatMap((graph) => (graph === undefined ? [] : [graph.rows])),
  ];
  const complete = partitions.length > 0 && partitions.every((runs) => runs.length > 0);
  if (!complete || n === 0 || sizes.some((size) => size !== n) || graphs.length > partitions.length) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected:
        'one member at least, each with a partition of the same objects, and no more graphs than members',
      received: `${partitions.length} members, ${graphs.length} graphs, of ${sizes.join(', ')} objects`,
    });
  }
  for (const graph of graphs) if (graph !== undefined) checkAffinity(where, graph);
  return n;
}

/** `w_g / mean degree`, of those that have edges, with weights that sum to 1 among them. */
function weightsOfGraphs({ graphs = [] }: ConsensusMembers, weights: Float64Array): Float64Array {
  const degree = weights.map((_, g) => {
    const graph = graphs[g];
    if (graph === undefined) return 0;
    return degreesOf(graph, 'consensus').reduce((sum, d) => sum + d, 0) / graph.rows;
  });
  const total = weights.reduce((sum, w, g) => sum + (degree[g]! > 0 ? w : 0), 0);
  return weights.map((w, g) => (degree[g]! > 0 && total > 0 ? w / total / degree[g]! : 0));
}

function weightedGraph({ graphs = [] }: ConsensusMembers, weights: Float64Array, n: number): CsrMatrix {
  const used = graphs.flatMap((graph, g) => (graph === undefined ? [] : [{ graph, weight: weights[g]! }]));
  if (used.length === 0)
    return csrMatrix(n, n, new Int32Array(n + 1), new Int32Array(0), new Float64Array(0));
  return weightedSumCsr(
    used.map(({ graph }) => graph),
    used.map(({ weight }) => weight),
  );
}

/** The parts of `C / c`. */
function weightedPartitions(
  { partitions }: ConsensusMembers,
  weights: Float64Array,
  n: number,
): WeightedPartition[] {
  const parts = partitions.flatMap((runs, g) =>
    weights[g] === 0 ? [] : runs.map((run) => ({ ...numbered(run), weight: weights[g]! / runs.length })),
  );
  const rowSum = parts.reduce((sum, { labels, clusters, weight }) => {
    const sizes = new Float64Array(clusters);
    for (const label of labels) sizes[label]!++;
    return sum + (weight * sizes.reduce((squares, size) => squares + size * size, 0)) / n;
  }, 0);
  return parts.map((part) => ({ ...part, weight: part.weight / rowSum }));
}

function numbered(labels: Labels): Pick<WeightedPartition, 'labels' | 'clusters'> {
  const { codes, values } = encodeLabels(labels, 'consensus');
  return { labels: codes, clusters: values.length };
}
