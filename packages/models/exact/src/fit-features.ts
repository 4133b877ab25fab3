import type { DenseMatrix, Modality } from '@crossmodal/core';
import { fitPlaces, fitSqc, type FittedTransform, type FitTransformOptions } from '@crossmodal/transforms';

/** Features of which places are made and not directions, at most. */
const FEW = 4;

/**
 * What fits the features of a modality: {@link fitPlaces} where they are vectors of four features or fewer, {@link fitSqc} else.
 *
 * The signed square root keeps the directions of rows. Few features have few directions: what tells their clusters apart is lost, in part of four features, wholly of one.
 */
export function fitFeatures({
  kind,
  features,
}: Modality): (features: DenseMatrix, options: FitTransformOptions) => FittedTransform {
  return kind === 'vectors' && features.columns <= FEW ? fitPlaces : fitSqc;
}
