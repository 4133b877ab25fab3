import type { DenseMatrix, Modality } from '@crossmodal/core';
import type { FittedTransform, FitTransformOptions } from '../fitted/fitted-transform.js';
import { fitPlaces } from '../scaling/places.js';
import { fitSqc } from '../scaling/sqc.js';

/** Features of which places are made and not directions, at most. */
const FEW = 4;

/**
 * What fits the features of a modality for kernels: {@link fitPlaces} where they are vectors of four features or fewer, {@link fitSqc} else.
 *
 * The signed square root keeps the directions of rows. Few features have few directions: what tells their clusters apart is lost, in part of four features, wholly of one.
 *
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * const heights = vectors('height', fromRows([[1.2], [1.3], [1.9], [2.0]]));
 * const { name } = kernelFitter(heights)(heights.features, {});
 * console.log(name); // places
 * ```
 */
export function kernelFitter({
  kind,
  features,
}: Modality): (features: DenseMatrix, options: FitTransformOptions) => FittedTransform {
  return kind === 'vectors' && features.columns <= FEW ? fitPlaces : fitSqc;
}
