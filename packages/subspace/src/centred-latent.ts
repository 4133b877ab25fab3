import { tf } from '@crossmodal/tensors';

/** Inside roots, where a ReLU latent of exactly zero would have an infinite gradient. */
const ROOT_EPSILON = 1e-6;
/** Keeps a latent row of zeros from a division by zero. */
const NORM_EPSILON = 1e-12;

/**
 * The latent in the space where self-expression is exact: signed root, unit rows, minus the means, unit rows, `[n, q]` to `[n, q]`.
 *
 * Without the centring, self-expression is minimised by latents that collapse onto their mean.
 */
export function centredLatent(z: tf.Tensor, means: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const rooted = tf.mul(tf.sign(z), tf.sqrt(tf.add(tf.abs(z), ROOT_EPSILON)));
    return unitRows(tf.sub(unitRows(rooted), means));
  });
}

function unitRows(x: tf.Tensor): tf.Tensor {
  return tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x), 1, true), NORM_EPSILON)));
}
