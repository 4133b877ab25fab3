import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import type { FittedFeatures } from '../fitted/fitted-features.js';
import { presentRows, type FitTransformOptions } from '../fitted/fitted-transform.js';
import { restoreTransform } from '../fitted/restore-transform.js';
import { fitPca } from './pca.js';

/** Options of {@link fitHalfWhitening}. */
export interface HalfWhiteningOptions extends FitTransformOptions {
  /** Principal components kept, `1..min(n, d)`. */
  readonly components: number;
  /** Decides the start of the eigen-solver; the result depends on it by rounding only. */
  readonly random: RandomSource;
}

/** Variances below this share of the largest are rounding errors, which carry nothing that could be scaled up. */
const LEAST_VARIANCE = 1e-10;

/**
 * Principal components half whitened: score j of {@link fitPca} is divided by the fourth root of its variance, so that its deviation becomes the
 * square root of what it was. Weak components gain, and strong ones still count for more.
 *
 * @param features - shape `[n, d]`
 * @returns the transform `[m, d] -> [m, components]`, and the rows of the fit
 * @throws CrossmodalError as {@link fitPca}.
 * @example
 * ```ts
 * const features = fromRows([[8, 1], [-8, 1], [8, -1], [-8, -1]]);
 * const { features: scores } = fitHalfWhitening(features, { components: 2, random: randomSource(1) });
 * console.log(scores.values.slice(0, 2)); // the square roots of 8 and 1, up to the sign
 * ```
 */
export function fitHalfWhitening(features: DenseMatrix, options: HalfWhiteningOptions): FittedFeatures {
  const { components: count, present } = options;
  const transform = fitPca(features, options);
  const scores = transform.apply(features, present);
  const rows = presentRows('fitHalfWhitening', features, present).length;
  const variances = new Float64Array(count);
  for (let p = 0; p < scores.values.length; p++) variances[p % count]! += scores.values[p]! ** 2 / rows;
  const scales = variances.map((variance) =>
    variance > LEAST_VARIANCE * variances[0]! ? variance ** -0.25 : 0,
  );
  const means = transform.state['means'] as Float32Array;
  const components = (transform.state['components'] as Float32Array).map(
    (value, p) => value * scales[Math.floor(p / means.length)]!,
  );
  return {
    // `y = A (x - means)` is what principal components are, whatever the length of the axes.
    transform: restoreTransform('pca', { means, components, count }),
    features: { ...scores, values: scores.values.map((value, p) => value * scales[p % count]!) },
  };
}
