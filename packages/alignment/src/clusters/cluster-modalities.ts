import type { DenseMatrix } from '@crossmodal/core';
import { clusterStability } from './cluster-stability.js';
import { graphClusters, type GraphClustersOptions } from './graph-clusters.js';

/** What {@link clusterModalities} sees of one modality. */
export interface ModalityView {
  /** Rows of unit length, `[n, d]`, whose self-expression graph gives the clusters. */
  readonly rows: DenseMatrix;
  /** The same samples as columns of mean 0, `[n, e]`, on which the stability is measured. */
  readonly points: DenseMatrix;
}

/** What each modality shows by itself. */
export interface ModalityClusters {
  /** Clusters of the samples of each modality, in `0..clusters-1`. */
  readonly labels: readonly Int32Array[];
  /** How stable the clusters of each modality are, about `0..1`, see {@link clusterStability}. */
  readonly stabilities: readonly number[];
}

/**
 * Clusters every modality by itself, and tells how far its clusters can be trusted. The modalities need no common samples.
 *
 * @param views - one per modality
 * @param options - those of {@link graphClusters}; `pause` is called with the number of modalities that are done, and their number
 * @throws CrossmodalError as {@link graphClusters} and {@link clusterStability}.
 * @example
 * ```ts
 * const angles = [0, 0.1, 0.2, 0.3, 1.5, 1.6, 1.7, 1.8];
 * const rows = fromRows(angles.map((angle) => [Math.cos(angle), Math.sin(angle)]));
 * const view = { rows, points: centreColumns(rows) };
 * const { labels, stabilities } = await clusterModalities([view, view], {
 *   clusters: 2,
 *   random: randomSource(0),
 * });
 * console.log(labels.length, stabilities);
 * ```
 */
export async function clusterModalities(
  views: readonly ModalityView[],
  options: GraphClustersOptions,
): Promise<ModalityClusters> {
  const { clusters, random, pause = async () => {} } = options;
  const labels: Int32Array[] = [];
  const stabilities: number[] = [];
  for (const [v, { rows, points }] of views.entries()) {
    await pause(v, views.length);
    labels.push(
      await graphClusters(rows, {
        ...options,
        random: random.fork(`clusters ${v}`),
        pause: () => pause(v, views.length),
      }),
    );
    stabilities.push(clusterStability(points, { clusters, random: random.fork(`stability ${v}`) }));
  }
  await pause(views.length, views.length);
  return { labels, stabilities };
}
