import {
  checkInteger,
  evenlySpaced,
  gatherRows,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { standardDeviation } from '@crossmodal/linalg';
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
  const where = 'fitWhitening';
  checkInteger(where, 'components', components, { minimum: 1 });
  checkInteger(where, 'sampleSize', sampleSize, { minimum: 1 });
  const rows = presentRows(where, features, present);
  const few = gatherRows(
    features,
    evenlySpaced(rows.length, sampleSize).map((i) => rows[i]!),
  );
  const sphere = fitSphere(few);
  const onSphere = sphere.apply(few);
  const whitened = fitPca(onSphere, {
    components: Math.min(components, onSphere.rows, onSphere.columns),
    random,
    whiten: true,
    ridge,
  });
  // Rows that are all alike stay zeros.
  return {
    sphere,
    components: whitened,
    factor: 1 / (standardDeviation(whitened.apply(onSphere).values) || 1),
  };
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
