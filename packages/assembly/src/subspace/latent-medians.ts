import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import { gramMatrix, medianSquaredDistance } from '@crossmodal/self-expressive';
import { tf, toTensor } from '@crossmodal/tensors';

/** Median squared distance of each latent over pairs of present samples, which the kernels of new samples need where no graph of the fit has found it. */
export function latentMedians(latents: readonly PreparedModality[]): number[] {
  return latents.map((latent) => {
    const gram = tf.tidy(() => gramMatrix(toTensor(presentFeatures(latent))));
    try {
      return medianSquaredDistance(gram);
    } finally {
      gram.dispose();
    }
  });
}

function presentFeatures({ features, present }: PreparedModality): DenseMatrix<Float32Array> {
  if (present === undefined) return features;
  const { columns, values } = features;
  const kept = values.filter((_, p) => present[Math.floor(p / columns)] !== 0);
  return denseMatrix(kept, kept.length / columns, columns);
}
