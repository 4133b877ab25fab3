import { vectors, type DenseMatrix, type Modality } from '@crossmodal/core';
import { prepareModality, type PreparedModality } from '@crossmodal/transforms';
import { presenceOf } from '../inputs/presence-of.js';

/**
 * Latents as features for kernels: signed root, unit rows, centred, unit rows; latent v has the presence of modality v, and so has
 * each further one when there are several a modality, level after level. A single latent of several modalities has all rows.
 */
export function prepareLatents(
  latents: readonly DenseMatrix<Float32Array>[],
  modalities: readonly Modality[],
): PreparedModality[] {
  return latents.map((latent, l) => {
    const own = latents.length % modalities.length === 0;
    const present = own ? presenceOf(modalities[l % modalities.length]!) : undefined;
    // Absent samples enter the encoder as zeros and leave it as its biases, which end here.
    return prepareModality(vectors(`latent ${l}`, latent, present));
  });
}
