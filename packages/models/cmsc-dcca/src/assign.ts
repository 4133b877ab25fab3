import { graphSettings, latentMedians } from '@crossmodal/assembly';
import { toCsr, type CsrMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import {
  buildAffinity,
  completeModalities,
  symmetricAffinity,
  type BuiltAffinity,
} from '@crossmodal/self-expressive';
import { kMeans, spectralClustering } from '@crossmodal/spectral';
import type { Assignment } from './cmsc-dcca-state.js';
import type { ResolvedCmscDccaOptions, ResolvedDefaultOptions } from './cmsc-dcca-options.js';
import { joinedLatents } from './joined-latents.js';

/** What assignment needs beside latents or their affinity. */
export interface AssignOptions {
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/** The default's affinity: exact self-expression shared by the latents, mean of several graphs. */
export function defaultAffinity(
  latents: readonly PreparedModality[],
  options: ResolvedDefaultOptions,
  pause: (step: number, steps: number) => Promise<void>,
): Promise<BuiltAffinity> {
  return buildAffinity(latents, { ...graphSettings(options, latents[0]!.features.rows), pause });
}

/** Eq. 3, `(|S| + |S^T|) / 2`. */
export function paperAffinity(
  coefficients: DenseMatrix<Float32Array>,
  latents: readonly PreparedModality[],
): BuiltAffinity {
  return {
    affinity: toCsr(symmetricAffinity(coefficients)) as CsrMatrix<Float32Array>,
    medians: latentMedians(latents),
  };
}

/** Spectral clustering of the affinity: heat-weighted in the default, the plain one in the paper's preset. */
export function assignByAffinity(
  { affinity, medians }: BuiltAffinity,
  resolved: ResolvedCmscDccaOptions,
  { clusters, random, signal }: AssignOptions,
): Assignment {
  const common = { clusters, random, ...(signal ? { signal } : {}) };
  const { labels, embedding } =
    resolved.preset === 'paper'
      ? spectralClustering(affinity, { ...common, weighting: 'none', extraEigenvectors: 0 })
      : spectralClustering(affinity, {
          ...common,
          extraEigenvectors: resolved.extraEigenvectors,
          bandwidth: resolved.bandwidth,
          restarts: resolved.restarts,
        });
  return { labels, embedding, affinity, medians };
}

/** Without self-expression: k-means of the prepared latents side by side, absent rows filled by similar ones. */
export function assignByLatents(
  latents: readonly PreparedModality[],
  resolved: ResolvedCmscDccaOptions,
  { clusters, random, signal }: AssignOptions,
): Assignment {
  const embedding = joinedLatents(completeModalities(latents));
  const restarts = resolved.preset === 'paper' ? 10 : resolved.restarts;
  const { labels, centroids } = kMeans(embedding, {
    clusters,
    random,
    restarts,
    ...(signal ? { signal } : {}),
  });
  return { labels, embedding, centroids, medians: [] };
}
