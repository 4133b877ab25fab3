import type { CsrMatrix, DenseMatrix, RandomSource } from '@crossmodal/core';
import { meanAffinity } from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';
import type { GraphOptions } from './graph-options.js';

/** What graphs of the training samples are clustered with. */
export interface GraphClusteringContext {
  readonly options: Pick<GraphOptions, 'extraEigenvectors' | 'bandwidth' | 'restarts'>;
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  /** Called between steps, so that progress is reported and an abort is heard. */
  readonly pause: (step: number, steps: number) => Promise<void>;
}

/** Clusters of graphs of the training samples. */
export interface ClusteredGraphs {
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  /** Shape `[n, n]`. */
  readonly affinity: CsrMatrix<Float32Array>;
}

/** Spectral clustering of the mean of graphs. */
export async function meanOfGraphs(
  graphs: readonly CsrMatrix<Float32Array>[],
  { options, clusters, random, signal, pause }: GraphClusteringContext,
): Promise<ClusteredGraphs> {
  const affinity = meanAffinity(graphs);
  await pause(0, 1);
  const { extraEigenvectors, bandwidth, restarts } = options;
  const { labels, embedding } = spectralClustering(affinity, {
    clusters,
    random: random.fork('spectral'),
    extraEigenvectors,
    bandwidth,
    restarts,
    ...(signal ? { signal } : {}),
  });
  await pause(1, 1);
  return { labels, embedding, affinity };
}
