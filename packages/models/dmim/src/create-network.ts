import type { RandomSource } from '@crossmodal/core';
import {
  dense,
  disposeOnError,
  gaussian,
  gaussianHead,
  reparameterise,
  sharedEncoder,
  type Gaussians,
} from '@crossmodal/encoders';
import { joinModules, type ApplyContext, type Module, type tf } from '@crossmodal/tensors';
import type { ResolvedDmimOptions } from './dmim-options.js';

/** Dimension of the default's codes when nothing reads them: the bound then acts on the encoder alone, and few dimensions do. */
const OBSERVED_CODE = 32;

/** What the network makes of one modality. */
export interface DmimOutputs {
  /** What the heads see, shape `[n, units]`. */
  readonly latent: tf.Tensor2D;
  /** Of the clustering head C, shape `[n, k]`. */
  readonly logits: tf.Tensor2D;
  /** Of the overclustering head C', shape `[n, factor k]`. */
  readonly overLogits?: tf.Tensor2D;
  /** The Gaussian codes. */
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
   * Applies it to modality v, `[n, inputSizes[v]]`.
   *
   * @param noise - standard normal, `[n, codeSize]`, where heads see samples; without it they see means
   */
  apply(x: tf.Tensor, v: number, context: ApplyContext, noise?: tf.Tensor2D): DmimOutputs;
}

/** What {@link createNetwork} takes. */
export interface NetworkOptions {
  readonly resolved: ResolvedDmimOptions;
  readonly inputSizes: readonly number[];
  readonly clusters: number;
  readonly random: RandomSource;
}

/** Makes the network of a preset; inside `tf.tidy` when applied, since what it makes on the way is the caller's. */
export function createNetwork({ resolved, inputSizes, clusters, random }: NetworkOptions): DmimNetwork {
  const paper = resolved.preset === 'paper';
  const units = resolved.preset === 'paper' ? Math.max(...inputSizes) : resolved.units;
  const sampled = resolved.codes === 'samples';
  const coded = sampled || resolved.superfluous !== 'none';
  return disposeOnError((parts: Module[]) => {
    const keep = <M extends Module>(part: M): M => {
      parts.push(part);
      return part;
    };
    const small = gaussian();
    const encoder = keep(
      sharedEncoder({
        inputSizes,
        layers: [
          { units, batchNorm: true },
          { units, batchNorm: true },
        ],
        normalisation: paper ? 'shared' : 'own',
        initialiser: paper ? small : 'heNormal',
        random: random.fork('encoder'),
      }),
    );
    const head = (name: string, count: number) =>
      keep(
        dense({
          inputSize: units,
          units: count,
          initialiser: paper ? small : gaussian({ standardDeviation: units ** -0.5 }),
          random: random.fork(name),
        }),
      );
    const clustering = head('clustering', clusters);
    const over = resolved.overclustering
      ? head('overclustering', resolved.overclusteringFactor * clusters)
      : undefined;
    const codeSize = paper || sampled ? units : Math.min(units, OBSERVED_CODE);
    const codes = coded
      ? keep(
          gaussianHead({
            inputSize: units,
            units: codeSize,
            initialiser: sampled ? 'orthogonal' : small,
            random: random.fork('codes'),
          }),
        )
      : undefined;
    return {
      ...joinModules(parts),
      inputSizes,
      overclusters: over,
      overclusteringPart: parts.filter((part) => part !== clustering),
      codeSize: codes === undefined ? 0 : codeSize,
      apply(x, v, context, noise) {
        const features = encoder.apply(x, v, context);
        const gaussians = codes?.apply(features);
        const seen =
          !sampled || gaussians === undefined
            ? features
            : noise === undefined
              ? gaussians.means
              : reparameterise(gaussians, noise);
        return {
          latent: seen,
          logits: clustering.apply(seen, context) as tf.Tensor2D,
          ...(over && { overLogits: over.apply(seen, context) as tf.Tensor2D }),
          ...(gaussians && { gaussians }),
        };
      },
    };
  });
}
