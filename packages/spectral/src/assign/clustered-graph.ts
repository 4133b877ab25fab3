import type { DenseMatrix } from '@crossmodal/core';
import type { ClusterRange } from '../embedding/cluster-count-from-eigengap.js';
import type { SpectralEmbeddingOptions } from '../embedding/spectral-embedding.js';

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
