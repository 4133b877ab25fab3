import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkMask } from '../check-mask.js';
import { maskedMean } from '../masked-mean.js';

/** `minimax`: `E[log(1 - D)]`, the game as the paper states it. `nonSaturating`: `-E[log D]`, whose gradient does not vanish when D is sure. */
export type GeneratorForm = 'nonSaturating' | 'minimax';

/** What {@link generatorLoss} takes. */
export interface GeneratorLossOptions {
  /** @defaultValue 'nonSaturating' */
  readonly form?: GeneratorForm;
  /** 1 for samples that take part, 0 for others, `[n, 1]`; without any, the loss is 0. @defaultValue all take part */
  readonly mask?: tf.Tensor | undefined;
}

/**
 * What a generator makes small so that its samples are taken for real, on logits with `D = sigmoid(logit)`:
 * `-E[log D(fake)] = E[softplus(-fake)]`, or `E[log(1 - D(fake))] = -E[softplus(fake)]` with `minimax`.
 *
 * @param fake - logits of the generator's samples, any shape, samples first
 * @throws CrossmodalError `option` when there is no such form; `shape` when the mask has not one flag per sample.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 5;
 * Goodfellow et al., Generative Adversarial Nets, NeurIPS 2014, section 3, for the other form
 */
export function generatorLoss(
  fake: tf.Tensor,
  { form = 'nonSaturating', mask }: GeneratorLossOptions = {},
): tf.Scalar {
  checkMask('generatorLoss', fake.shape[0] ?? 1, mask);
  switch (form) {
    case 'nonSaturating':
      return tf.tidy(() => maskedMean(tf.softplus(tf.neg(fake)), mask));
    case 'minimax':
      return tf.tidy(() => tf.neg(maskedMean(tf.softplus(fake), mask)));
    default:
      throw new CrossmodalError({
        code: 'option',
        where: "generatorLoss option 'form'",
        expected: 'nonSaturating or minimax',
        received: String(form),
      });
  }
}
