import type { RandomSource } from '@crossmodal/core';
import {
  dense,
  disposeOnError,
  gaussian,
  gaussianHead,
  reparameterise,
  type Gaussians,
  type Initialiser,
  type SharedEncoder,
} from '@crossmodal/encoders';
import type { ResolvedOptions } from '@crossmodal/method';
import { joinModules, type ApplyContext, type Module, type tf } from '@crossmodal/tensors';
import type { networkOptions } from '../options.js';

/** What the network makes of one modality. */
export interface DmimOutputs {
  /** What the heads see, shape `[m, units]`. */
  readonly latent: tf.Tensor2D;
  /** Of the clustering head C, shape `[m, k]`. */
  readonly logits: tf.Tensor2D;
  /** Of the overclustering head C', shape `[m, factor k]`; only where there is that head. */
  readonly overLogits?: tf.Tensor2D;
  /** The Gaussian codes; only where something reads them. */
  readonly gaussians?: Gaussians;
}

/** Shared encoder, Gaussian head and clustering heads. */
export interface DmimNetwork extends Module {
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
  apply(x: tf.Tensor, v: number, context: ApplyContext, noise?: tf.Tensor2D): DmimOutputs;
}

/** What {@link assembleNetwork} takes. */
export interface AssembleOptions {
  readonly options: ResolvedOptions<typeof networkOptions>;
  readonly clusters: number;
  readonly random: RandomSource;
  /** Creates the encoder, whose outputs decide the width of the heads. */
  readonly encoder: (random: RandomSource) => SharedEncoder;
  /** Start of the clustering heads, which see so many units. */
  readonly headInitialiser: (units: number) => Initialiser;
  /** Dimension of codes that no head sees, for an encoder of so many units. */
  readonly observedCode: (units: number) => number;
}

/** Puts the heads that options ask for behind a shared encoder. */
export function assembleNetwork({ options, clusters, random, ...form }: AssembleOptions): DmimNetwork {
  const sampled = options.codes === 'samples';
  return disposeOnError((parts: Module[]) => {
    const keep = <M extends Module>(part: M): M => {
      parts.push(part);
      return part;
    };
    const encoder = keep(form.encoder(random.fork('encoder')));
    const units = encoder.outputSize;
    const initialiser = form.headInitialiser(units);
    const head = (name: string, count: number) =>
      keep(dense({ inputSize: units, units: count, initialiser, random: random.fork(name) }));
    const clustering = head('clustering', clusters);
    const over = options.overclustering
      ? head('overclustering', options.overclusteringFactor * clusters)
      : undefined;
    const coded = sampled || options.superfluous !== 'none';
    const codes = coded
      ? keep(
          gaussianHead({
            inputSize: units,
            units: sampled ? units : form.observedCode(units),
            initialiser: sampled ? 'orthogonal' : gaussian(),
            random: random.fork('codes'),
          }),
        )
      : undefined;
    const seenBy = (features: tf.Tensor2D, gaussians: Gaussians | undefined, noise?: tf.Tensor2D) => {
      if (!sampled || gaussians === undefined) return features;
      return noise === undefined ? gaussians.means : reparameterise(gaussians, noise);
    };
    return {
      ...joinModules(parts),
      inputSizes: encoder.inputSizes,
      overclusters: over,
      overclusteringPart: parts.filter((part) => part !== clustering),
      codeSize: codes?.units ?? 0,
      apply(x, v, context, noise) {
        const features = encoder.apply(x, v, context);
        const gaussians = codes?.apply(features);
        const latent = seenBy(features, gaussians, noise);
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
