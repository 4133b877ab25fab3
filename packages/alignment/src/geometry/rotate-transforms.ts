import type { DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { restoreTransform, type FittedFeatures, type FittedTransform } from '@crossmodal/transforms';
import { rotateOnto } from './rotate-onto.js';

/**
 * Rotates modalities of principal components onto one of them, see {@link rotateOnto}, features and transforms alike: one set of weights reads the
 * same thing in all of them, in new samples too.
 *
 * @param fitted - features of the same n objects in each modality, by transforms of `fitPca` or `fitHalfWhitening`; further entries are kept
 * @param reference - number of the modality that stays
 * @throws CrossmodalError as {@link rotateOnto}.
 * @example
 * ```ts
 * const turned = [[[2, 0], [0, 1], [-2, -1]], [[0, 2], [-1, 0], [1, -2]]].map((rows) => {
 *   const features = fromRows(rows);
 *   const transform = fitPca(features, { components: 2, random: randomSource(1) });
 *   return { transform, features: transform.apply(features) };
 * });
 * const [first, second] = rotateTransforms(turned, 0);
 * console.log(first!.features.values, second!.features.values); // the same, up to rounding
 * ```
 */
export function rotateTransforms<Fitted extends FittedFeatures>(
  fitted: readonly Fitted[],
  reference: number,
): Fitted[] {
  const target = fitted[reference]!.features;
  return fitted.map((entry, v) => {
    if (v === reference) return entry;
    const { rotation, features } = rotateOnto(entry.features, target);
    return { ...entry, features, transform: rotated(entry.transform, rotation) };
  });
}

/** The axes `[q, d]` become `Q^T axes`. */
function rotated({ state }: FittedTransform, rotation: DenseMatrix<Float32Array>): FittedTransform {
  // Features in double precision have axes in double precision.
  const axes = Float32Array.from(state['components'] as ArrayLike<number>);
  const components = readValues(() => {
    const given = tf.tensor2d(axes, [rotation.rows, axes.length / rotation.rows]);
    return tf.matMul(toTensor(rotation), given, true);
  }).slice();
  return restoreTransform('pca', { means: state['means']!, components, count: rotation.columns });
}
