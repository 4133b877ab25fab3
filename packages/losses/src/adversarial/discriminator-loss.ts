import { tf } from '@crossmodal/tensors';

/**
 * What a discriminator makes small: `-E[log D(real)] - E[log(1 - D(fake))]` with `D = sigmoid(logit)`, evaluated as
 * `E[softplus(-real)] + E[softplus(fake)]`, which stays finite however sure the discriminator is.
 *
 * @param real - logits of samples that are to be told as real, any shape
 * @param fake - logits of the others, any shape
 * @returns 0 or more; 2 log 2 where all logits are 0
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 5, for one modality
 */
export function discriminatorLoss(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake))));
}
