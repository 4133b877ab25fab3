import { CrossmodalError, denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { presentRows, type FittedTransform, type FitTransformOptions } from '../fitted/fitted-transform.js';
import { fitPca } from './pca.js';

/** Options of {@link fitWhitening}. */
export interface WhiteningOptions extends FitTransformOptions {
  /** Fits what rows go through first, such as {@link fitSqc} or {@link fitUnitRows}, which put them on a sphere. */
  readonly sphere: (features: DenseMatrix) => FittedTransform;
  /** Principal components kept, 1 or more; no more than there are. */
  readonly components: number;
  /** Added to the variance of each component before it is scaled to 1, as a share of the whole variance, 0 or more. @defaultValue 0 */
  readonly ridge?: number;
  /** Present rows that everything is learnt from, evenly spaced, at most. @defaultValue 5000 */
  readonly sampleSize?: number;
  /** Decides the start of the eigen-solver; the result depends on it by rounding only. */
  readonly random: RandomSource;
}

/** Transforms that are applied one after the other, and a factor of their result. */
export interface Whitening {
  /** From features to the sphere. */
  readonly sphere: FittedTransform;
  /** From there to whitened principal components. */
  readonly components: FittedTransform;
  /** Makes the standard deviation over all entries of the fitted rows 1. */
  readonly factor: number;
}

/**
 * Fits what makes features of any kind alike in scale: rows on a sphere, then principal components whitened with a ridge, then one factor. Weak
 * components stay weak, so that noise is not blown up to the size of what carries the clusters.
 *
 * @param features - shape `[n, d]`
 * @throws CrossmodalError `option` when `components` or `sampleSize` is no positive integer, or the ridge is negative; `shape` when no row is present.
 * @example
 * ```ts
 * const features = fromRows([[3, 1, 0], [2, 4, 1], [3, 6, 0], [1, 1, 5]]);
 * const whitening = fitWhitening(features, { sphere: fitUnitRows, components: 2, ridge: 0.01, random: randomSource(1) });
 * console.log(applyWhitening(whitening, features).columns); // 2
 * ```
 */
export function fitWhitening(
  features: DenseMatrix,
  { sphere: fitSphere, components, ridge = 0, sampleSize = 5000, random, present }: WhiteningOptions,
): Whitening {
  checkCount('components', components);
  checkCount('sampleSize', sampleSize);
  const few = evenlySpaced(features, presentRows('fitWhitening', features, present), sampleSize);
  const sphere = fitSphere(few);
  const onSphere = sphere.apply(few);
  const whitened = fitPca(onSphere, {
    components: Math.min(components, onSphere.rows, onSphere.columns),
    random,
    whiten: true,
    ridge,
  });
  // Rows that are all alike stay zeros.
  return { sphere, components: whitened, factor: 1 / (deviation(whitened.apply(onSphere)) || 1) };
}

/**
 * Maps features `[n, d]` by {@link fitWhitening}, row by row; absent rows give zeros.
 *
 * @param present - 1 where the row is present, length `n`
 * @returns shape `[n, components]`
 * @throws CrossmodalError `shape` when `d` is not that of the fit, or flags do not fit the rows.
 */
export function applyWhitening(
  { sphere, components, factor }: Whitening,
  features: DenseMatrix,
  present?: Uint8Array,
): DenseMatrix<Float32Array> {
  // Absent rows stay zeros: centred, they would be minus the mean.
  const reduced = components.apply(sphere.apply(features, present), present);
  return { ...reduced, values: reduced.values.map((value) => value * factor) };
}

function evenlySpaced(features: DenseMatrix, rows: Int32Array, most: number): DenseMatrix {
  const count = Math.min(rows.length, most);
  if (count === features.rows) return features;
  const { columns, values } = features;
  const few = values.slice(0, count * columns);
  for (let i = 0; i < count; i++) {
    const row = rows[Math.floor((i * rows.length) / count)]!;
    few.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return denseMatrix(few, count, columns);
}

function deviation({ values }: DenseMatrix): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}

function checkCount(option: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new CrossmodalError({
    code: 'option',
    where: `fitWhitening option '${option}'`,
    expected: 'an integer of 1 or more',
    received: String(value),
  });
}
