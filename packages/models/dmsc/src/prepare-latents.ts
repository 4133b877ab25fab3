import { vectors, type DenseMatrix, type Modality } from '@crossmodal/core';
import { prepareModality, type PreparedModality } from '@crossmodal/data';
import { presenceOf } from './presence.js';

/** Latents as features for kernels: signed root, unit rows, centred, unit rows; latent v has the presence of modality v. */
export function prepareLatents(
  latents: readonly DenseMatrix<Float32Array>[],
  modalities: readonly Modality[],
): PreparedModality[] {
  return latents.map((latent, l) => {
    const present = latents.length === modalities.length ? presenceOf(modalities[l]!) : undefined;
    return prepareModality(vectors(`latent ${l}`, clearAbsent(latent, present), present));
  });
}

/** Absent samples enter the encoder as zeros and leave it as its biases. */
export function clearAbsent(
  latent: DenseMatrix<Float32Array>,
  present?: Uint8Array,
): DenseMatrix<Float32Array> {
  if (present === undefined) return latent;
  const values = latent.values.slice();
  present.forEach((flag, i) => {
    if (flag === 0) values.fill(0, i * latent.columns, (i + 1) * latent.columns);
  });
  return { ...latent, values };
}
