import { rotateOnto } from '@crossmodal/alignment';
import { applyFrontEnd, frontEndFeatures, type FrontEnd } from '@crossmodal/encoders';
import { presenceOf, sampleShape, type DenseMatrix, type Modality, type RandomSource } from '@crossmodal/core';
import { type NetworkInput, fitCentre, fitPca, restoreTransform, type FittedTransform } from '@crossmodal/transforms';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import type { ResolvedDmimOptions } from './dmim-options.js';

/** How one modality comes to the shared encoder. */
export interface DmimInput {
  /** What images go through first in the default preset. */
  readonly frontEnd?: FrontEnd | undefined;
  /** From there, or from the features as given, to the encoder's input. */
  readonly reduction: NetworkInput;
}

/** A modality that is fitted, with its inputs to the encoder. */
export interface FittedInput {
  readonly input: DmimInput;
  /** Shape `[n, width]`; absent rows are zero. */
  readonly features: DenseMatrix<Float32Array>;
}

/** Decides from the rows that are present how each modality comes to the encoder. */
export async function fitInputs(
  modalities: readonly Modality[],
  options: ResolvedDmimOptions,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<FittedInput[]> {
  const fitted: FittedInput[] = [];
  for (const [v, modality] of modalities.entries()) {
    const own = random.fork(`modality ${v}`);
    const { features, frontEnd } = await firstFeatures(modality, options, own, signal);
    const present = presenceOf(modality);
    const { transform, plain } =
      options.reduction === 'pad'
        ? centred(features, present)
        : components(features, options, own.fork('pca'), present);
    const factor = options.preset === 'paper' ? 1 : unitFactor(plain, present);
    const reduction = {
      name: modality.name,
      shape: frontEnd === undefined ? sampleShape(modality) : [features.columns],
      transform,
      factor,
    };
    fitted.push({ input: { frontEnd, reduction }, features: scaled(plain, factor) });
  }
  return fitted;
}

/** The encoder's input of a modality, by what was fitted. */
export async function applyInput(
  { frontEnd, reduction: { transform, factor } }: DmimInput,
  modality: Modality,
): Promise<DenseMatrix<Float32Array>> {
  const features = frontEnd === undefined ? modality.features : await applyFrontEnd(frontEnd, modality);
  return scaled(transform.apply(features, presenceOf(modality)), factor);
}

/**
 * Rotates modalities onto a reference (see {@link rotateOnto}), so that one set of weights reads the same thing in all of them.
 *
 * Without it, mutual information is as large when two modalities have pairs of clusters exchanged, and their mean is wrong.
 */
export function alignInputs(fitted: readonly FittedInput[], reference: number): FittedInput[] {
  const target = fitted[reference]!.features;
  return fitted.map((entry, v) => {
    if (v === reference) return entry;
    const { rotation, features } = rotateOnto(entry.features, target);
    const { reduction } = entry.input;
    const transform = rotatedTransform(reduction.transform, rotation);
    return { input: { ...entry.input, reduction: { ...reduction, transform } }, features };
  });
}

/** The transform whose outputs are rotated: its axes `[q, d]` become `Q^T axes`. */
function rotatedTransform({ state }: FittedTransform, rotation: DenseMatrix<Float32Array>): FittedTransform {
  const axes = state['components'] as Float32Array;
  const rotated = readValues(() =>
    tf.matMul(
      toTensor(rotation),
      tf.tensor2d(axes.slice(), [rotation.rows, axes.length / rotation.rows]),
      true,
    ),
  );
  return linear(state['means'] as Float32Array, rotated.slice(), rotation.columns);
}

async function firstFeatures(
  modality: Modality,
  options: ResolvedDmimOptions,
  random: RandomSource,
  signal: AbortSignal | undefined,
): Promise<{ features: DenseMatrix; frontEnd?: FrontEnd }> {
  if (options.preset === 'paper' || modality.kind !== 'images') return { features: modality.features };
  const { filters, kernelSize, cells } = options;
  return frontEndFeatures(modality, { filters, kernelSize, cells, random, signal });
}

/** What a modality's features become before they are scaled as a whole. */
interface Reduced {
  readonly transform: FittedTransform;
  /** The transform of the features that it was fitted to. */
  readonly plain: DenseMatrix<Float32Array>;
}

function centred(features: DenseMatrix, present: Uint8Array | undefined): Reduced {
  const transform = fitCentre(features, { present });
  return { transform, plain: transform.apply(features, present) };
}

/** Principal components; half whitened in the default preset: score j divided by the fourth root of its variance. */
function components(
  features: DenseMatrix,
  options: ResolvedDmimOptions,
  random: RandomSource,
  present: Uint8Array | undefined,
): Reduced {
  const rows = present === undefined ? features.rows : present.reduce((sum, flag) => sum + flag, 0);
  const count = Math.min(options.width, features.columns, rows);
  const transform = fitPca(features, { components: count, random, present });
  const scores = transform.apply(features, present);
  if (options.preset === 'paper') return { transform, plain: scores };
  const variances = new Float64Array(count);
  for (let p = 0; p < scores.values.length; p++) variances[p % count]! += scores.values[p]! ** 2 / rows;
  // Axes without variance, but for rounding, carry nothing that could be scaled up.
  const scales = variances.map((variance) => (variance > 1e-10 * variances[0]! ? variance ** -0.25 : 0));
  const d = features.columns;
  const axes = (transform.state['components'] as Float32Array).map(
    (value, p) => value * scales[Math.floor(p / d)]!,
  );
  return {
    transform: linear(transform.state['means'] as Float32Array, axes, count),
    plain: { ...scores, values: scores.values.map((value, p) => value * scales[p % count]!) },
  };
}

/** `y = A (x - means)`, as the transform that PCA is. */
function linear(means: Float32Array, axes: Float32Array, count: number): FittedTransform {
  return restoreTransform('pca', { means, components: axes, count });
}

/** Factor that makes the mean square of present rows 1. */
function unitFactor({ rows, columns, values }: DenseMatrix<Float32Array>, present?: Uint8Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  const there = present === undefined ? rows : present.reduce((sum, flag) => sum + flag, 0);
  // Features that are all alike stay zeros.
  return squares > 0 ? Math.sqrt((there * columns) / squares) : 1;
}

function scaled(matrix: DenseMatrix<Float32Array>, factor: number): DenseMatrix<Float32Array> {
  if (factor === 1) return matrix;
  return { ...matrix, values: matrix.values.map((value) => value * factor) };
}
