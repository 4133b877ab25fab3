import { tf } from '@crossmodal/tensors';
import { checkSameShape } from '../check-same-shape.js';
import { reduce, type Reduction } from '../reduction.js';

/** What {@link categoricalKl} takes. */
export interface CategoricalKlOptions {
  /** @defaultValue 'sampleMean' */
  readonly reduction?: Reduction;
  /** 1 for objects that take part, 0 for others, `[n, 1]`; the mean is still over n. @defaultValue all take part */
  readonly mask?: tf.Tensor;
}

/**
 * Divergence of categorical distributions that are given by logits: `KL(p || q) = sum_j p_j (log p_j - log q_j)` with `p = softmax(from)` and
 * `q = softmax(to)`, in `[0, inf)`, 0 when the logits differ by a constant a row.
 *
 * The public code of DMIM has it in place of the Gaussian bound, with fresh noise as `from`, the sampled code z as `to`, and a mean over all
 * entries (`reduction: 'mean'`).
 *
 * @param from - logits of p, shape `[n, d]`
 * @param to - logits of q, shape `[n, d]`
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the reduction is unknown.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 12
 */
export function categoricalKl(
  from: tf.Tensor2D,
  to: tf.Tensor2D,
  { reduction = 'sampleMean', mask }: CategoricalKlOptions = {},
): tf.Scalar {
  checkSameShape('categoricalKl', from, to);
  return tf.tidy(() => {
    const each = tf.mul(tf.softmax(from), tf.sub(tf.logSoftmax(from), tf.logSoftmax(to)));
    return reduce(mask === undefined ? each : tf.mul(each, mask), reduction);
  });
}
