import { applyFrontEnd, fitNetworkInput, frontEndFeatures, type FrontEnd } from '@crossmodal/assembly';
import type { DenseMatrix, Modality, RandomSource } from '@crossmodal/core';
import type { SampleArray } from '@crossmodal/training';
import type { ResolvedEamcOptions } from './eamc-options.js';

/** Features of all modalities, and how they came about. */
export interface PreparedFeatures {
  readonly frontEnds: readonly FrontEnd[];
  /** `x0`, `x1`, ..., `[n, d]` each. */
  readonly data: Readonly<Record<string, SampleArray>>;
}

/** What encoders see: scaled samples in the paper's preset, features of a fixed convolution of images in the default one. */
export async function prepareFeatures(
  modalities: readonly Modality[],
  options: ResolvedEamcOptions,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<PreparedFeatures> {
  const frontEnds: FrontEnd[] = [];
  const data: Record<string, SampleArray> = {};
  for (const [v, modality] of modalities.entries()) {
    if (options.preset === 'paper') {
      const frontEnd = { input: fitNetworkInput(modality, 'unit') };
      frontEnds.push(frontEnd);
      data[`x${v}`] = samplesOf(await applyFrontEnd(frontEnd, modality, signal));
    } else {
      const { filters, kernelSize, cells } = options;
      const own = random.fork(`modality ${v}`);
      const made = await frontEndFeatures(modality, { filters, kernelSize, cells, random: own, signal });
      frontEnds.push(made.frontEnd);
      data[`x${v}`] = samplesOf(made.features);
    }
  }
  return { frontEnds, data };
}

/** Features of new samples. */
export async function featuresOf(
  frontEnds: readonly FrontEnd[],
  modalities: readonly Modality[],
): Promise<Record<string, SampleArray>> {
  const data: Record<string, SampleArray> = {};
  for (const [v, frontEnd] of frontEnds.entries()) {
    data[`x${v}`] = samplesOf(await applyFrontEnd(frontEnd, modalities[v]!));
  }
  return data;
}

function samplesOf({ rows, columns, values }: DenseMatrix<Float32Array>): SampleArray {
  return { shape: [rows, columns], values };
}

/** Features that a front end gives a sample. */
export function featureCount({ input, convolution }: FrontEnd): number {
  const [height = 1, width = 1, channels = 1] = input.shape;
  if (convolution === undefined) return height * width * channels;
  const { filters, pool } = convolution;
  return Math.ceil(height / pool) * Math.ceil(width / pool) * filters;
}
