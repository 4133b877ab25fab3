import { tf } from '@crossmodal/tensors';
import { checkSameShape } from '../check-same-shape.js';
import { reduce } from '../reduction.js';

/** What {@link crossEntropy} takes. */
export interface CrossEntropyOptions {
  /** 1 for objects that take part, 0 for others, `[n, 1]`; the mean is still over n. @defaultValue all take part */
  readonly mask?: tf.Tensor;
}

/**
 * Cross-entropy of predictions against targets, hard or soft: `-sum_i sum_c t_ic log softmax(logits_i)_c / n`, at least the mean entropy of the
 * targets, which are distributions over k clusters.
 *
 * @param logits - predictions before the softmax, shape `[n, k]`
 * @param targets - shape `[n, k]`, rows sum to 1
 * @throws CrossmodalError `shape` when the two shapes differ.
 * @see Asano, Rupprecht and Vedaldi, Self-labelling via simultaneous clustering and representation learning, ICLR 2020, Eq. 1
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  { mask }: CrossEntropyOptions = {},
): tf.Scalar {
  checkSameShape('crossEntropy', logits, targets);
  return tf.tidy(() => {
    const each = tf.neg(tf.mul(targets, tf.logSoftmax(logits)));
    return reduce(mask === undefined ? each : tf.mul(each, mask), 'sampleMean');
  });
}
