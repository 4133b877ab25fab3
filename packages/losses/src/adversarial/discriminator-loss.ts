import { tf } from '@crossmodal/tensors';
import { checkMask } from '../check-mask.js';
import { maskedMean } from '../masked-mean.js';

/** Options of {@link discriminatorLoss}. */
export interface DiscriminatorLossOptions {
  /** 1 for real samples that take part, 0 for others, `[n, 1]`; without any, their half is 0. @defaultValue all take part */
  readonly realMask?: tf.Tensor | undefined;
  /** The same for the other samples. @defaultValue all take part */
  readonly fakeMask?: tf.Tensor | undefined;
}

/**
 * What a discriminator makes small: `-E[log D(real)] - E[log(1 - D(fake))]` with `D = sigmoid(logit)`, evaluated as
 * `E[softplus(-real)] + E[softplus(fake)]`, which stays finite however sure the discriminator is.
 *
 * @param real - logits of samples that are to be told as real, any shape, samples first
 * @param fake - logits of the others, any shape
 * @returns 0 or more; 2 log 2 where all logits are 0
 * @throws CrossmodalError `shape` when a mask has not one flag per sample.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 5, for one modality
 */
export function discriminatorLoss(
  real: tf.Tensor,
  fake: tf.Tensor,
  { realMask, fakeMask }: DiscriminatorLossOptions = {},
): tf.Scalar {
  checkMask('discriminatorLoss', real.shape[0] ?? 1, realMask);
  checkMask('discriminatorLoss', fake.shape[0] ?? 1, fakeMask);
  return tf.tidy(() =>
    tf.add(maskedMean(tf.softplus(tf.neg(real)), realMask), maskedMean(tf.softplus(fake), fakeMask)),
  );
}
