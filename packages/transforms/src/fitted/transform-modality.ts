import type { Modality } from '@crossmodal/core';
import type { FittedTransform } from './fitted-transform.js';

/**
 * Applies a fitted transform to a modality, minding which rows are present.
 *
 * Images stay images when the transform keeps the layout (scaling does, PCA does not).
 */
export function transformModality(modality: Modality, transform: FittedTransform): Modality {
  const features = transform.apply(modality.features, modality.present);
  if (transform.keepsLayout) return { ...modality, features };
  const { name, present } = modality;
  return { kind: 'vectors', name, features, ...(present ? { present } : {}) };
}
