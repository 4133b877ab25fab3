import type { DenseMatrix, Modality } from '@crossmodal/core';
import { applyWhitening } from '@crossmodal/transforms';
import { applyFrontEnd } from '../images/apply-front-end.js';
import type { FeatureMap } from './feature-map.js';

/**
 * Features of a modality by a fitted map, zero where a row is absent, shape `[n, q]`.
 *
 * @throws CrossmodalError `shape` when the modality has another name or shape than the fitted one; `aborted` when the signal fires.
 * @example
 * ```ts
 * import { fromRows, vectors } from '@crossmodal/core';
 * import { fitNetworkInput } from '@crossmodal/transforms';
 * const points = vectors('points', fromRows([[1, 2, 3], [3, 1, 0]]));
 * const map = { frontEnd: { input: fitNetworkInput(points, 'unit') } };
 * console.log((await applyFeatureMap(map, points)).rows); // 2
 * ```
 */
export async function applyFeatureMap(
  { frontEnd, whitening }: FeatureMap,
  modality: Modality,
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>> {
  const features = await applyFrontEnd(frontEnd, modality, signal);
  return whitening === undefined ? features : applyWhitening(whitening, features, modality.present);
}
