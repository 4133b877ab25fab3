import { tf } from '@crossmodal/tensors';
import { checkSameShape } from '../check-same-shape.js';
import { reduce, type Reduction } from '../reduction.js';

/** What {@link gaussianKl} takes. */
export interface GaussianKlOptions {
  /** @defaultValue 'sampleMean', the bound of the paper */
  readonly reduction?: Reduction;
  /** 1 for objects that take part, 0 for others, `[n, 1]`; the mean is still over n. @defaultValue all take part */
  readonly mask?: tf.Tensor;
}

/**
 * Divergence of diagonal Gaussians from the standard one: `KL(N(mu, sigma^2) || N(0, I)) = 1/2 sum_j (mu_j^2 + sigma_j^2 - 1 - 2 log sigma_j)`,
 * in `[0, inf)`.
 *
 * Averaged over objects it bounds the information `I(Z; X)` that a code `z = mu(x) + sigma(x) epsilon` has of its input: the expectation over
 * epsilon of `log p(z | x) / q(z)`, in closed form for `q = N(0, I)`.
 *
 * @param means - mu, shape `[n, d]`
 * @param deviations - sigma, above 0, shape `[n, d]`
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the reduction is unknown.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 9 to 12
 */
export function gaussianKl(
  means: tf.Tensor2D,
  deviations: tf.Tensor2D,
  { reduction = 'sampleMean', mask }: GaussianKlOptions = {},
): tf.Scalar {
  checkSameShape('gaussianKl', means, deviations);
  return tf.tidy(() => {
    const squares = tf.sub(tf.add(tf.square(means), tf.square(deviations)), 1);
    const each = tf.sub(tf.mul(squares, 0.5), tf.log(deviations));
    return reduce(mask === undefined ? each : tf.mul(each, mask), reduction);
  });
}
