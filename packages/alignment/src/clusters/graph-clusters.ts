import { throwIfAborted, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { buildAffinity, GRAPHS_F2, ridgeFactor, type GraphRecipe } from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';

/** Options of {@link graphClusters}. */
export interface GraphClustersOptions {
  /** Number of clusters. */
  readonly clusters: number;
  /** Draws the starts of k-means. */
  readonly random: RandomSource;
  /** Graphs whose mean is the affinity. @defaultValue GRAPHS_F2 */
  readonly recipes?: readonly GraphRecipe[];
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  readonly width?: number;
  /** Samples up to which the ridges of the recipes hold; beyond, they grow. @defaultValue 4500 */
  readonly ridgeReference?: number;
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of the embedding. @defaultValue 0.25 */
  readonly bandwidth?: number;
  /** Starts of k-means. @defaultValue 20 */
  readonly restarts?: number;
  /** Called between steps, so that progress is reported and an abort is heard. @defaultValue goes on at once */
  readonly pause?: (step: number, steps: number) => Promise<void>;
  /** Aborts the clustering. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Clusters of rows of unit length: self-expression graphs of their Gaussian lift, heat-weighted spectral coordinates, k-means.
 *
 * @param rows - shape `[n, d]`, rows of unit length
 * @returns labels in `0..clusters-1`, length `n`
 * @throws CrossmodalError `option` when a setting is out of its range; `aborted` when the signal asks for it.
 * @see {@link buildAffinity} and {@link spectralClustering}, the two stages
 * @example
 * ```ts
 * const angles = [0, 0.1, 0.2, 0.3, 1.5, 1.6, 1.7, 1.8];
 * const rows = fromRows(angles.map((angle) => [Math.cos(angle), Math.sin(angle)]));
 * const labels = await graphClusters(rows, { clusters: 2, random: randomSource(0) });
 * console.log(labels); // the first four in one cluster, the last four in the other
 * ```
 */
export async function graphClusters(rows: DenseMatrix, options: GraphClustersOptions): Promise<Int32Array> {
  const { clusters, random, recipes = GRAPHS_F2, width = 3, ridgeReference = 4500 } = options;
  const { extraEigenvectors = 12, bandwidth = 0.25, restarts = 20, pause, signal } = options;
  const { affinity } = await buildAffinity([{ features: rows }], {
    recipes,
    width,
    ridgeFactor: ridgeFactor(rows.rows, ridgeReference),
    ...(pause ? { pause } : {}),
  });
  throwIfAborted(signal, 'graphClusters');
  const { labels } = spectralClustering(affinity, {
    clusters,
    random,
    extraEigenvectors,
    bandwidth,
    restarts,
    ...(signal ? { signal } : {}),
  });
  return labels;
}
