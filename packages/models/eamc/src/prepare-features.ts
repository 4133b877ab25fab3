import {
  applyFrontEnd,
  fitNetworkInput,
  frontEndFeatures,
  type FrontEnd,
  type NetworkInput,
} from '@crossmodal/assembly';
import type { DenseMatrix, Modality, RandomSource } from '@crossmodal/core';
import { fitPca, fitSqc, fitUnitRows, selectRows, type FittedTransform } from '@crossmodal/data';
import { vectors } from '@crossmodal/core';
import type { SampleArray } from '@crossmodal/training';
import type { ResolvedDefaultOptions, ResolvedEamcOptions } from './eamc-options.js';

/** Rows from which transforms are learnt, evenly spaced in canonical order: more do not change them much. */
const FITTED_ROWS = 5000;

/** How one modality becomes what its encoder sees. */
export interface Preparation {
  readonly frontEnd: FrontEnd;
  /** Rows on the sphere, then whitened components; none in the paper's preset. */
  readonly whitening?: { readonly sphere: NetworkInput; readonly components: NetworkInput };
}

/** Features of all modalities, and how they came about. */
export interface PreparedFeatures {
  readonly preparations: readonly Preparation[];
  /** `x0`, `x1`, ..., `[n, d]` each. */
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
    data[`x${v}`] = { shape: [features.rows, features.columns], values: features.values };
  }
  return { preparations, data };
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
  const few = evenly(made.features);
  // Vectors come as roots on the sphere already.
  const sphere = modality.kind === 'images' ? fitSqc(few) : fitUnitRows(few);
  const onSphere = sphere.apply(few);
  const transform = fitPca(onSphere, {
    components: Math.min(components, few.rows, few.columns),
    random: random.fork('components'),
    whiten: true,
    ridge,
  });
  const { name } = modality;
  const whitening = {
    sphere: stage(name, few.columns, sphere, 1),
    components: stage(name, few.columns, transform, 1 / (deviationOf(transform.apply(onSphere)) || 1)),
  };
  const preparation = { frontEnd: made.frontEnd, whitening };
  return { preparation, features: applyWhitening(preparation, made.features) };
}

function stage(name: string, columns: number, transform: FittedTransform, factor: number): NetworkInput {
  return { name, shape: [columns], transform, factor };
}

/** Rows at even distances, all of them when there are few. */
function evenly(features: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  const { rows } = features;
  if (rows <= FITTED_ROWS) return features;
  const chosen = Int32Array.from({ length: FITTED_ROWS }, (_, i) => Math.floor((i * rows) / FITTED_ROWS));
  return selectRows(vectors('features', features), chosen).features;
}

function deviationOf({ values }: DenseMatrix): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}

function applyWhitening(
  { whitening }: Preparation,
  features: DenseMatrix<Float32Array>,
): DenseMatrix<Float32Array> {
  if (whitening === undefined) return features;
  const { sphere, components } = whitening;
  const reduced = components.transform.apply(sphere.transform.apply(features));
  const values = reduced.values.map((value) => value * components.factor);
  return { ...reduced, values };
}

/** Features of new samples. */
export async function featuresOf(
  preparations: readonly Preparation[],
  modalities: readonly Modality[],
): Promise<Record<string, SampleArray>> {
  const data: Record<string, SampleArray> = {};
  for (const [v, preparation] of preparations.entries()) {
    const made = await applyFrontEnd(preparation.frontEnd, modalities[v]!);
    const { rows, columns, values } = applyWhitening(preparation, made);
    data[`x${v}`] = { shape: [rows, columns], values };
  }
  return data;
}

/** Features that a modality gives its encoder. */
export function featureCount({ frontEnd: { input }, whitening }: Preparation): number {
  if (whitening !== undefined) return whitening.components.transform.state['count'] as number;
  return input.shape.reduce((product, side) => product * side, 1);
}
