import { presenceOf, type DenseMatrix, type Modality } from '@crossmodal/core';
import {
  applyWhitening,
  fitSqc,
  fitUnitRows,
  fitWhitening,
  type WhiteningOptions,
} from '@crossmodal/transforms';
import { frontEndFeatures, type FrontEndFeaturesOptions } from '../images/front-end-features.js';
import type { FeatureMap } from './feature-map.js';

/** Options of {@link fitWhitenedFeatures}. */
export interface WhitenedFeatureOptions
  extends FrontEndFeaturesOptions, Pick<WhiteningOptions, 'components' | 'ridge'> {}

/** The outcome of {@link fitWhitenedFeatures}. */
export interface WhitenedFeatures {
  /** Applies to new samples with {@link applyFeatureMap}. */
  readonly map: FeatureMap;
  /** Features of all rows, zero where absent, shape `[n, components]`. */
  readonly features: DenseMatrix<Float32Array>;
}

/**
 * Features on which small networks train fast, for modalities of any kind: images through the fixed convolution of {@link frontEndFeatures}; then,
 * for all, rows on the sphere and principal components, whitened with a ridge.
 *
 * @throws CrossmodalError `option` when an option is out of range; `shape` when no row is present; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows, randomSource, vectors } from '@crossmodal/core';
 * const points = vectors('points', fromRows([[1, 2, 3], [3, 1, 0], [0, 2, 1]]));
 * const { features } = await fitWhitenedFeatures(points, { components: 2, ridge: 0.01, random: randomSource(1) });
 * console.log(features.columns); // 2
 * ```
 */
export async function fitWhitenedFeatures(
  modality: Modality,
  { components, ridge = 0, random, ...frontEndOptions }: WhitenedFeatureOptions,
): Promise<WhitenedFeatures> {
  const { frontEnd, features } = await frontEndFeatures(modality, {
    ...frontEndOptions,
    random: random.fork('filters'),
  });
  const whitening = fitWhitening(features, {
    // Vectors come as roots on the sphere already.
    sphere: modality.kind === 'images' ? fitSqc : fitUnitRows,
    components,
    ridge,
    random: random.fork('components'),
    present: presenceOf(modality),
  });
  return {
    map: { frontEnd, whitening },
    features: applyWhitening(whitening, features, modality.present),
  };
}
