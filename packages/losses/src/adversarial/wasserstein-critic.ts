import { tf } from '@crossmodal/tensors';

/**
 * The critic's loss of a Wasserstein game, from its scores of any shape: `mean D(fake) - mean D(real)`, any real number; the smaller, the
 * better the critic tells the two apart. It is minus the adversarial term `E[D(real)] - E[D(fake)]`, which estimates the Wasserstein-1
 * distance when D is 1-Lipschitz: clip the critic's weights after each update.
 *
 * @param real - scores of samples of the modality
 * @param fake - scores of samples mapped into it; their number may differ
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 3; Arjovsky et al., Wasserstein GAN, 2017
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const real = tf.tensor2d([[3], [1]]);
 * const fake = tf.tensor2d([[0.5]]);
 * const loss = wassersteinCritic(real, fake); // 0.5 - 2 = -1.5
 * tf.dispose([real, fake, loss]);
 * ```
 */
export function wassersteinCritic(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sub(tf.mean(fake), tf.mean(real)));
}
