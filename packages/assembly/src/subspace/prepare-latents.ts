import { vectors, type DenseMatrix, type Modality } from '@crossmodal/core';
import { prepareModality, type PreparedModality } from '@crossmodal/data';
import { presenceOf } from '../inputs/presence-of.js';

/** Latents as features for kernels: signed root, unit rows, centred, unit rows; latent v has the presence of modality v. */
export function prepareLatents(
  latents: readonly DenseMatrix<Float32Array>[],
  modalities: readonly Modality[],
): PreparedModality[] {
  return latents.map((latent, l) => {
    const present = latents.length === modalities.length ? presenceOf(modalities[l]!) : undefined;
    // Absent samples enter the encoder as zeros and leave it as its biases, which end here.
    return prepareModality(vectors(`latent ${l}`, latent, present));
  });
}
