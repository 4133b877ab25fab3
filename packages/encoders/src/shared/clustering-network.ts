import type { RandomSource } from '@crossmodal/core';
import { joinModules, type ApplyContext, type Module, type tf } from '@crossmodal/tensors';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import { dense } from '../layers/dense.js';
import { disposeOnError } from '../layers/dispose-on-error.js';
import { gaussianHead, reparameterise, type Gaussians } from './gaussian-head.js';
import type { SharedEncoder } from './shared-encoder.js';

/** The Gaussian codes of a {@link clusteringNetwork}. */
export interface CodeOptions {
  /** Their dimension; where heads see samples, that of the features. */
  readonly size: number;
  /** Start of their weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Whether heads see samples of the codes, rather than the features beside them. @defaultValue false */
  readonly sampled?: boolean;
}

/** Options of {@link clusteringNetwork}. */
export interface ClusteringNetworkOptions {
  /** Creates the encoder; its outputs decide the width of the heads. */
  readonly encoder: (random: RandomSource) => SharedEncoder;
  /** Outputs k of the clustering head. */
  readonly clusters: number;
  /** Outputs of the overclustering head. @defaultValue there is none */
  readonly overclusters?: number | undefined;
  /** Start of the heads, which see so many units. @defaultValue heNormal */
  readonly headInitialiser?: (units: number) => Initialiser | InitialiserName;
  /** Codes of an encoder of so many units. @defaultValue there are none */
  readonly codes?: ((units: number) => CodeOptions) | undefined;
  /** Gives each part a stream of its own. */
  readonly random: RandomSource;
}

/** What a {@link ClusteringNetwork} makes of one modality. */
export interface ClusteringOutputs {
  /** What the heads see, shape `[m, units]`. */
  readonly latent: tf.Tensor2D;
  /** Of the clustering head, shape `[m, k]`. */
  readonly logits: tf.Tensor2D;
  /** Of the overclustering head; only where there is that head. */
  readonly overLogits?: tf.Tensor2D;
  /** The Gaussian codes; only where there are any. */
  readonly gaussians?: Gaussians;
}

/** Shared encoder, Gaussian head and clustering heads. */
export interface ClusteringNetwork extends Module {
  /** Features of each modality. */
  readonly inputSizes: readonly number[];
  /** All but the clustering head: what overclustering alone trains. */
  readonly overclusteringPart: readonly Module[];
  /** The overclustering head, when there is one. */
  readonly overclusters: Module | undefined;
  /** Dimension of the Gaussian codes; 0 without them. */
  readonly codeSize: number;
  /**
   * Applies it to modality v, `[m, inputSizes[v]]`, inside `tf.tidy`, since what it makes on the way is the caller's.
   *
   * @param noise - standard normal, `[m, codeSize]`, where heads see samples; without it they see means
   */
  apply(x: tf.Tensor, v: number, context: ApplyContext, noise?: tf.Tensor2D): ClusteringOutputs;
}

/**
 * Puts clustering heads behind an encoder that all modalities share: one of k clusters, one of many more that trains beside it, and Gaussian codes,
 * whose information a loss can bound.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, Fig. 2
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const network = clusteringNetwork({
 *   encoder: (random) => sharedEncoder({ inputSizes: [8, 5], layers: [{ units: 6 }], random }),
 *   clusters: 3,
 *   overclusters: 30,
 *   codes: (units) => ({ size: units }),
 *   random: randomSource(1),
 * });
 * console.log(network.codeSize); // 6
 * network.dispose();
 * ```
 */
export function clusteringNetwork({
  clusters,
  overclusters,
  headInitialiser = () => 'heNormal',
  random,
  ...form
}: ClusteringNetworkOptions): ClusteringNetwork {
  return disposeOnError((parts: Module[]) => {
    const keep = <M extends Module>(part: M): M => {
      parts.push(part);
      return part;
    };
    const encoder = keep(form.encoder(random.fork('encoder')));
    const inputSize = encoder.outputSize;
    const initialiser = headInitialiser(inputSize);
    const head = (name: string, units: number) =>
      keep(dense({ inputSize, units, initialiser, random: random.fork(name) }));
    const clustering = head('clustering', clusters);
    const over = overclusters === undefined ? undefined : head('overclustering', overclusters);
    const code = form.codes?.(inputSize);
    const codes =
      code &&
      keep(
        gaussianHead({
          inputSize,
          units: code.size,
          initialiser: code.initialiser ?? 'heNormal',
          random: random.fork('codes'),
        }),
      );
    const sampled = (gaussians: Gaussians, noise?: tf.Tensor2D) =>
      noise === undefined ? gaussians.means : reparameterise(gaussians, noise);
    return {
      ...joinModules(parts),
      inputSizes: encoder.inputSizes,
      overclusters: over,
      overclusteringPart: parts.filter((part) => part !== clustering),
      codeSize: code?.size ?? 0,
      apply(x, v, context, noise) {
        const features = encoder.apply(x, v, context);
        const gaussians = codes?.apply(features);
        const latent = gaussians && code?.sampled === true ? sampled(gaussians, noise) : features;
        return {
          latent,
          logits: clustering.apply(latent, context) as tf.Tensor2D,
          ...(over && { overLogits: over.apply(latent, context) as tf.Tensor2D }),
          ...(gaussians && { gaussians }),
        };
      },
    };
  });
}
