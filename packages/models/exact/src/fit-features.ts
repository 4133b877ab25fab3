import type { DenseMatrix, Modality } from '@crossmodal/core';
import { fitSphere, fitSqc, type FittedTransform, type FitTransformOptions } from '@crossmodal/transforms';

/** Features up to which the length of a row tells as much as its direction, which is all that the signed square root keeps. */
const FEW = 2;

/** What fits the features of a modality: directions, or places on a sphere where features are one or two. */
export function fitFeatures({
  kind,
  features,
}: Modality): (features: DenseMatrix, options: FitTransformOptions) => FittedTransform {
  return kind === 'vectors' && features.columns <= FEW ? fitSphere : fitSqc;
}
