import { checkInteger, CrossmodalError, denseMatrix, type DenseMatrix, type Matrix } from '@crossmodal/core';
import { clusterCountFromEigengap, type ClusterRange } from '../embedding/cluster-count-from-eigengap.js';
import { connectedComponents, type ConnectedComponents } from '../graph/connected-components.js';
import { discretise } from './discretise.js';
import { joinComponents } from './join-components.js';
import { kMeans } from '../k-means/k-means.js';
import { spectralEmbedding, type SpectralEmbeddingOptions } from '../embedding/spectral-embedding.js';
import { splitComponents } from './split-components.js';

/** Options of {@link spectralClustering}: those of {@link spectralEmbedding}, and how rows of the embedding become labels. */
export interface SpectralClusteringOptions extends Omit<SpectralEmbeddingOptions, 'clusters'> {
  /**
   * Number of clusters, `1..n`, or a range out of which the widest gap of the spectrum chooses, see
   * {@link clusterCountFromEigengap}: `{}` for 2 to 20.
   */
  readonly clusters: number | ClusterRange;
  /**
   * Starts of k-means; `'discretize'` takes none.
   *
   * @defaultValue 10
   */
  readonly restarts?: number;
  /**
   * `'kmeans'` clusters the rows of the embedding; `'discretize'` rotates its first `clusters` columns to the nearest
   * partition matrix.
   *
   * @defaultValue 'kmeans'
   */
  readonly assignment?: 'kmeans' | 'discretize';
}

/** A partition of the vertices of a graph. */
export interface SpectralClusteringResult {
  /** Cluster of each vertex, `[n]`, in `0..clusters-1`. */
  readonly labels: Int32Array;
  /** Number of clusters: the given one, or that of the eigengap. */
  readonly clusters: number;
  /** What was clustered, `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Largest eigenvalues of the normalised adjacency, descending, `[q]`; those of strongly damped eigenvectors are rough. */
  readonly eigenvalues: Float64Array;
  /** Sum of squared distances of the rows of the embedding to the means of their clusters. */
  readonly inertia: number;
}

/**
 * Spectral clustering: embeds the vertices of a graph by {@link spectralEmbedding} and clusters the rows.
 * Renumbering the vertices renumbers the labels and changes nothing else, unless vertices are exchangeable.
 *
 * Connected components stay whole unless there are more clusters than components. A vertex without edges is a component.
 * - As many clusters as components: each component is a cluster.
 * - Fewer clusters: nothing in the graph says which components belong together. They are joined so that clusters come out about
 *   equal in size: in turn, the largest first, each goes to the cluster that has the fewest vertices so far.
 * - More clusters: no cluster spans two components. Where one would, each component has as many clusters as it has eigenvalues among
 *   the `clusters` largest of the graph, and they are found in it alone.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric;
 * when the weights add up to more than 8-byte numbers hold; when no gap of the spectrum tells the number of clusters; `option` on an option out of range; `diverged` when the eigen-solver
 * does not converge; `aborted` on the signal.
 * @see Ng, Jordan and Weiss, On spectral clustering, 2001
 * @example
 * ```ts
 * const affinity = fromRows([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]);
 * const { labels } = spectralClustering(affinity, { clusters: 2, random: randomSource(1) });
 * ```
 */
export function spectralClustering(
  affinity: Matrix,
  options: SpectralClusteringOptions,
): SpectralClusteringResult {
  const where = 'spectralClustering';
  const { random, restarts = 10, assignment = 'kmeans', signal } = options;
  checkInteger(where, 'restarts', restarts, { minimum: 1 });
  if (assignment !== 'kmeans' && assignment !== 'discretize') {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'assignment'`,
      expected: "'kmeans' or 'discretize'",
      received: String(assignment),
    });
  }
  const watch = signal === undefined ? {} : { signal };
  const clusters = !isRange(options.clusters)
    ? options.clusters
    : clusterCountFromEigengap(affinity, {
        ...options.clusters,
        random: random.fork('eigengap'),
        ...watch,
      });
  const { embedding, eigenvalues, rowOrder } = spectralEmbedding(affinity, { ...options, clusters });
  const components = connectedComponents(affinity);
  const sized = { clusters, rowOrder };
  let labels: Int32Array;
  let inertia: number | undefined;
  if (components.count > 1 && clusters <= components.count) labels = joinComponents(components, sized);
  else if (assignment === 'kmeans')
    ({ labels, inertia } = kMeans(embedding, { clusters, random, restarts, rowOrder, ...watch }));
  else labels = discretise(firstColumns(embedding, clusters), { random, rowOrder, ...watch });
  if (clusters > components.count && spansComponents(labels, components)) {
    const split = (component: Matrix, count: number): Int32Array =>
      spectralClustering(component, { ...options, clusters: count }).labels;
    labels = splitComponents(affinity, components, { ...sized, random, split, ...watch });
    inertia = undefined;
  }
  inertia ??= spread(embedding, labels, clusters);
  return { labels, clusters, embedding, eigenvalues, inertia };
}

function isRange(clusters: number | ClusterRange): clusters is ClusterRange {
  const keys = typeof clusters === 'object' && clusters !== null ? Object.keys(clusters) : ['none'];
  return keys.every((key) => key === 'minimum' || key === 'maximum');
}

function firstColumns({ rows, columns, values }: DenseMatrix, count: number): DenseMatrix {
  const kept = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < count; j++) kept[i * count + j] = values[i * columns + j]!;
  return denseMatrix(kept, rows, count);
}

/** Whether some label is carried by vertices of two components. */
function spansComponents(labels: Int32Array, components: ConnectedComponents): boolean {
  const owner = new Map<number, number>();
  return labels.some((label, i) => {
    const component = components.labels[i]!;
    const first = owner.get(label);
    if (first === undefined) owner.set(label, component);
    return first !== undefined && first !== component;
  });
}

/** Σ ‖x‖² − Σ_c ‖Σ_(i in c) x_i‖² / n_c. */
function spread({ rows, columns, values }: DenseMatrix, labels: Int32Array, clusters: number): number {
  const counts = new Float64Array(clusters);
  const means = new Float64Array(clusters * columns);
  for (let i = 0; i < rows; i++) {
    counts[labels[i]!]!++;
    for (let j = 0; j < columns; j++) means[labels[i]! * columns + j]! += values[i * columns + j]!;
  }
  for (let p = 0; p < means.length; p++) means[p]! /= counts[Math.floor(p / columns)]! || 1;
  let sum = 0;
  for (let p = 0; p < values.length; p++)
    sum += (values[p]! - means[labels[Math.floor(p / columns)]! * columns + (p % columns)]!) ** 2;
  return sum;
}
