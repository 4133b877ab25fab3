import { applyFrontEnd, frontEndFeatures, type FrontEnd } from '@crossmodal/encoders';
import { fitNetworkInput, type NetworkInput } from '@crossmodal/transforms';
import { presenceOf, type DenseMatrix, type Modality, type RandomSource, type SampleArray } from '@crossmodal/core';
import { applyWhitening, fitSqc, fitUnitRows, fitWhitening, type FittedTransform } from '@crossmodal/transforms';
import type { ResolvedDefaultOptions, ResolvedEamcOptions } from './eamc-options.js';

/** How one modality becomes what its encoder sees. */
export interface Preparation {
  readonly frontEnd: FrontEnd;
  /** Rows on the sphere, then whitened components; none in the paper's preset. */
  readonly whitening?: { readonly sphere: NetworkInput; readonly components: NetworkInput };
}

/** Features of all modalities, and how they came about. */
export interface PreparedFeatures {
  readonly preparations: readonly Preparation[];
  /** `x0`, `x1`, ..., `[n, d]` each, zeros where absent, and flags `m0`, ..., `[n, 1]`, of modalities that some samples lack. */
  readonly data: Readonly<Record<string, SampleArray>>;
}

/**
 * What encoders see: scaled samples in the paper's preset; in the default one features of a fixed convolution for images, rows on the sphere
 * and principal components whitened with a ridge for all.
 */
export async function prepareFeatures(
  modalities: readonly Modality[],
  options: ResolvedEamcOptions,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<PreparedFeatures> {
  const preparations: Preparation[] = [];
  const data: Record<string, SampleArray> = {};
  for (const [v, modality] of modalities.entries()) {
    const own = random.fork(`modality ${v}`);
    const { preparation, features } =
      options.preset === 'paper'
        ? await scaled(modality, signal)
        : await whitened(modality, options, own, signal);
    preparations.push(preparation);
    Object.assign(data, samplesOf(v, modality, features));
  }
  return { preparations, data };
}

/** The inputs of modality v: its features and, where samples lack it, its presence flags. */
function samplesOf(
  v: number,
  modality: Modality,
  { rows, columns, values }: DenseMatrix<Float32Array>,
): Record<string, SampleArray> {
  const present = presenceOf(modality);
  return {
    [`x${v}`]: { shape: [rows, columns], values },
    ...(present && { [`m${v}`]: { shape: [rows, 1], values: Float32Array.from(present) } }),
  };
}

interface Prepared {
  readonly preparation: Preparation;
  readonly features: DenseMatrix<Float32Array>;
}

async function scaled(modality: Modality, signal?: AbortSignal): Promise<Prepared> {
  const frontEnd = { input: fitNetworkInput(modality, 'unit') };
  return { preparation: { frontEnd }, features: await applyFrontEnd(frontEnd, modality, signal) };
}

async function whitened(
  modality: Modality,
  { filters, kernelSize, cells, components, ridge }: ResolvedDefaultOptions,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<Prepared> {
  const own = random.fork('filters');
  const made = await frontEndFeatures(modality, { filters, kernelSize, cells, random: own, signal });
  const fitted = fitWhitening(made.features, {
    // Vectors come as roots on the sphere already.
    sphere: modality.kind === 'images' ? fitSqc : fitUnitRows,
    components,
    ridge,
    random: random.fork('components'),
    present: presenceOf(modality),
  });
  const { name } = modality;
  const whitening = {
    sphere: stage(name, made.features.columns, fitted.sphere, 1),
    components: stage(name, made.features.columns, fitted.components, fitted.factor),
  };
  const preparation = { frontEnd: made.frontEnd, whitening };
  return { preparation, features: whitenedFeatures(preparation, made.features, modality) };
}

function stage(name: string, columns: number, transform: FittedTransform, factor: number): NetworkInput {
  return { name, shape: [columns], transform, factor };
}

function whitenedFeatures(
  { whitening }: Preparation,
  features: DenseMatrix<Float32Array>,
  { present }: Pick<Modality, 'present'>,
): DenseMatrix<Float32Array> {
  if (whitening === undefined) return features;
  const { sphere, components } = whitening;
  const { transform, factor } = components;
  return applyWhitening({ sphere: sphere.transform, components: transform, factor }, features, present);
}

/** Features of new samples. */
export async function featuresOf(
  preparations: readonly Preparation[],
  modalities: readonly Modality[],
): Promise<Record<string, SampleArray>> {
  const data: Record<string, SampleArray> = {};
  for (const [v, preparation] of preparations.entries()) {
    const modality = modalities[v]!;
    const made = await applyFrontEnd(preparation.frontEnd, modality);
    Object.assign(data, samplesOf(v, modality, whitenedFeatures(preparation, made, modality)));
  }
  return data;
}

/** Features that a modality gives its encoder. */
export function featureCount({ frontEnd: { input }, whitening }: Preparation): number {
  if (whitening !== undefined) return whitening.components.transform.state['count'] as number;
  return input.shape.reduce((product, side) => product * side, 1);
}
