import { tf } from '@crossmodal/tensors';

/**
 * The generator's loss of a Wasserstein game, from the critic's scores of any shape: `-mean D(fake)`, any real number.
 *
 * It is the part of the adversarial term `E[D(real)] - E[D(fake)]` that depends on the generator.
 *
 * @param fake - scores of what the generator made
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 3; Arjovsky et al., Wasserstein GAN, 2017
 */
export function wassersteinGenerator(fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.mean(fake)) as tf.Scalar);
}
