import type { PreparedModality } from '@crossmodal/data';
import { gramMatrix, medianSquaredDistance } from '@crossmodal/self-expressive';
import { tf, toTensor } from '@crossmodal/tensors';

/** Median squared distance of each latent, which the kernels of new samples need where no graph of the fit has found it. */
export function latentMedians(latents: readonly PreparedModality[]): number[] {
  return latents.map(({ features }) => {
    const gram = tf.tidy(() => gramMatrix(toTensor(features)));
    try {
      return medianSquaredDistance(gram);
    } finally {
      gram.dispose();
    }
  });
}
