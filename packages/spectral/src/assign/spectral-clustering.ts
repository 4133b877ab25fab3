import { checkInteger, CrossmodalError, type DenseMatrix, type Matrix } from '@crossmodal/core';
import type { ClusterRange } from '../embedding/cluster-count-from-eigengap.js';
import type { SpectralEmbeddingOptions } from '../embedding/spectral-embedding.js';
import { checkAffinity } from '../graph/check-affinity.js';
import { connectedComponents } from '../graph/connected-components.js';
import { clusterCore } from './cluster-core.js';
import { clusterGraph } from './cluster-graph.js';
import { setFragmentsAside } from './set-fragments-aside.js';

/** Options of {@link spectralClustering}: those of {@link spectralEmbedding}, and how rows of the embedding become labels. */
export interface SpectralClusteringOptions extends Omit<SpectralEmbeddingOptions, 'clusters'> {
  /**
   * Number of clusters, `1..n`, or a range out of which the widest gap of the spectrum chooses, see
   * {@link clusterCountFromEigengap}: `{}` for 2 to 20.
   */
  readonly clusters: number | ClusterRange;
  /**
   * Starts of k-means; `'discretize'` takes none. Of more than 20,000 vertices, starts are tried on 10,000, see `startSample` of {@link kMeans}.
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
  /**
   * What becomes of fragments, components of fewer than `n / (10 clusters)` vertices (of a range, its maximum counts), vertices without edges among them. `'keep'` lets them be clusters
   * like any other component. `'join'` seeks clusters among the other components alone; nothing tells where fragments belong, so they join the
   * largest cluster, and `joined` names them.
   *
   * @defaultValue 'keep'
   */
  readonly fragments?: 'keep' | 'join';
}

/** The connected components of a graph that was clustered. */
export interface ComponentSizes {
  /** Their number; a vertex without edges is one. */
  readonly count: number;
  /** Vertices of each, descending, `[count]`. */
  readonly sizes: Int32Array;
  /** Vertices of fragments that joined the largest cluster, ascending; none unless `fragments` is `'join'`. */
  readonly joined: Int32Array;
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
  /** The connected components of the graph. */
  readonly components: ComponentSizes;
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
  const { restarts = 10, assignment = 'kmeans', fragments = 'keep' } = options;
  checkInteger(where, 'restarts', restarts, { minimum: 1 });
  checkChoice('assignment', assignment, ['kmeans', 'discretize']);
  checkChoice('fragments', fragments, ['keep', 'join']);
  if (fragments === 'keep') return clusterGraph(affinity, options);
  checkAffinity(where, affinity);
  const components = connectedComponents(affinity);
  const { clusters } = options;
  const parts = setFragmentsAside(
    components,
    typeof clusters === 'number' ? clusters : (clusters.maximum ?? 20),
  );
  return parts.fragments.length === 0
    ? clusterGraph(affinity, options)
    : clusterCore(affinity, components, parts, options);
}

function checkChoice(name: string, value: string, choices: readonly [string, string]): void {
  if (choices.includes(value)) return;
  throw new CrossmodalError({
    code: 'option',
    where: `spectralClustering option '${name}'`,
    expected: `'${choices.join("' or '")}'`,
    received: String(value),
  });
}
