import { vectors, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { prepareModality } from '@crossmodal/transforms';
import {
  buildAffinity,
  GRAPHS_F2,
  ridgeFactor,
  type GraphRecipe,
  type KernelFeatures,
} from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';
import type { ResolvedDefaultOptions } from '../dm2c-options.js';

/** Starts of k-means inside one modality. */
const STARTS = 20;

/** What {@link graphClusters} takes beside the features. */
export interface GraphClustersOptions {
  readonly resolved: ResolvedDefaultOptions;
  readonly clusters: number;
  readonly recipes?: readonly GraphRecipe[];
  readonly restarts?: number;
  readonly random: RandomSource;
  readonly pause: (step: number, steps: number) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Clusters of rows of unit length: self-expression graphs of their Gaussian lift, heat-weighted spectral coordinates, k-means. */
export async function graphClusters(
  features: KernelFeatures,
  options: GraphClustersOptions,
): Promise<Int32Array> {
  const { resolved, clusters, recipes = GRAPHS_F2, restarts = STARTS, random, pause, signal } = options;
  const { affinity } = await buildAffinity([features], {
    recipes,
    width: resolved.width,
    ridgeFactor: ridgeFactor(features.features.rows, resolved.ridgeReference),
    pause,
  });
  const { labels } = spectralClustering(affinity, {
    clusters,
    random,
    extraEigenvectors: resolved.extraEigenvectors,
    bandwidth: resolved.bandwidth,
    restarts,
    ...(signal ? { signal } : {}),
  });
  return labels;
}

/** Raw vectors as rows of unit length for kernels: signed root, unit, centred, unit. */
export function kernelRows(features: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  return prepareModality(vectors('rows', features)).features;
}
