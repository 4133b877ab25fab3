import { graphSettings, latentMedians } from '@crossmodal/assembly';
import { toCsr, type CsrMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import { buildAffinity, lowRankPowerAffinity, thresholdCoefficients } from '@crossmodal/self-expressive';
import { spectralClustering, type SpectralClusteringResult } from '@crossmodal/spectral';
import type { ResolvedDefaultOptions } from './dmsc-options.js';
import type { CompletePaperOptions } from './paper-rules.js';

/** An affinity, and the medians that kernels of new samples need. */
export interface LatentAffinity {
  readonly affinity: CsrMatrix<Float32Array>;
  readonly medians: readonly number[];
}

/** What assignment needs beside the affinity. */
export interface AssignOptions {
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/** The default's affinity: exact self-expression of the latents, mean of several graphs. */
export async function defaultAffinity(
  latents: readonly PreparedModality[],
  options: ResolvedDefaultOptions,
  pause: (step: number, steps: number) => Promise<void>,
): Promise<LatentAffinity> {
  return buildAffinity(latents, { ...graphSettings(options, latents[0]!.features.rows), pause });
}

/** The public code's affinity: strongest trained coefficients, cut to low rank, sharpened by a power. */
export function paperAffinity(
  coefficients: DenseMatrix<Float32Array>,
  latents: readonly PreparedModality[],
  options: CompletePaperOptions,
  clusters: number,
  random: RandomSource,
): LatentAffinity {
  const affinity = lowRankPowerAffinity(
    thresholdCoefficients(coefficients, { energy: options.thresholdEnergy }),
    { clusters, dimension: options.subspaceDimension, power: options.affinityPower, random },
  );
  return { affinity: toCsr(affinity) as CsrMatrix<Float32Array>, medians: latentMedians(latents) };
}

/** Labels of the default: heat-weighted embedding and k-means. */
export function assignDefault(
  affinity: CsrMatrix,
  { extraEigenvectors, bandwidth, restarts }: ResolvedDefaultOptions,
  { clusters, random, signal }: AssignOptions,
): SpectralClusteringResult {
  const watch = signal ? { signal } : {};
  return spectralClustering(affinity, { clusters, random, extraEigenvectors, bandwidth, restarts, ...watch });
}

/** Labels of the paper's preset: the embedding of the random walk and discretisation, as scikit-learn does it. */
export function assignPaper(
  affinity: CsrMatrix,
  { clusters, random, signal }: AssignOptions,
): SpectralClusteringResult {
  return spectralClustering(affinity, {
    clusters,
    random,
    weighting: 'none',
    rowNormalise: false,
    degreeScale: true,
    assignment: 'discretize',
    ...(signal ? { signal } : {}),
  });
}
