import type { RandomSource } from '@crossmodal/core';
import { tf, type Module } from '@crossmodal/tensors';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import { dense } from '../layers/dense.js';

/** Diagonal Gaussians, one a sample. */
export interface Gaussians {
  /** Means, shape `[n, units]`. */
  readonly means: tf.Tensor2D;
  /** Standard deviations, above 0, shape `[n, units]`. */
  readonly deviations: tf.Tensor2D;
}

/** What {@link gaussianHead} takes. */
export interface GaussianHeadOptions {
  /** Features in. */
  readonly inputSize: number;
  /** Dimension of the Gaussians. */
  readonly units: number;
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/** A variational head. */
export interface GaussianHead extends Module {
  /** Features in. */
  readonly inputSize: number;
  /** Dimension of the Gaussians. */
  readonly units: number;
  /**
   * `p(z | x)` from features `[n, inputSize]`.
   *
   * @throws CrossmodalError `shape` when the input has another shape.
   */
  apply(features: tf.Tensor): Gaussians;
}

/** Added to deviations, so that their logarithm is finite where softplus underflows; the public code of DMIM has the same. */
const LEAST_DEVIATION = 1e-7;

/**
 * A layer that encodes a sample as a Gaussian: `p(z | x) = N(mu, sigma^2)` with `(mu, s) = h W + b` and `sigma = softplus(s) + 1e-7`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 11
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { seededNormal, tf } from '@crossmodal/tensors';
 * const head = gaussianHead({ inputSize: 8, units: 4, random: randomSource(0) });
 * const features = tf.ones([5, 8]);
 * const gaussians = head.apply(features);
 * const noise = seededNormal([5, 4], randomSource(1)) as tf.Tensor2D;
 * const z = reparameterise(gaussians, noise); // [5, 4]
 * tf.dispose([features, gaussians.means, gaussians.deviations, noise, z]);
 * head.dispose();
 * ```
 */
export function gaussianHead({
  inputSize,
  units,
  initialiser = 'heNormal',
  random,
}: GaussianHeadOptions): GaussianHead {
  const linear = dense({ inputSize, units: 2 * units, initialiser, random });
  return {
    inputSize,
    units,
    trainable: linear.trainable,
    variables: linear.variables,
    apply(features) {
      const [means, deviations] = tf.tidy(() => {
        const both = linear.apply(features, { training: true }) as tf.Tensor2D;
        const n = both.shape[0];
        const raw = tf.slice(both, [0, units], [n, units]);
        return [tf.slice(both, [0, 0], [n, units]), tf.add(tf.softplus(raw), LEAST_DEVIATION)];
      }) as [tf.Tensor2D, tf.Tensor2D];
      return { means, deviations };
    },
    dispose: () => linear.dispose(),
  };
}

/**
 * A sample of each Gaussian that gradients pass through: `z = mu + sigma epsilon`.
 *
 * @param noise - epsilon, standard normal, shape `[n, units]`; an input of a compiled step, since draws inside would be frozen
 * @see Kingma and Welling, Auto-encoding variational Bayes, ICLR 2014; Mao et al., AAAI 2021, Eq. 11
 */
export function reparameterise({ means, deviations }: Gaussians, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.add(means, tf.mul(deviations, noise)) as tf.Tensor2D);
}
