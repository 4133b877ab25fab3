import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import {
  disposeOnError,
  mlp,
  type DenseLayerOptions,
  type Initialiser,
  type InitialiserName,
  type Layer,
} from '@crossmodal/encoders';
import { checkCount, joinModules, type ApplyContext, type Module, type tf } from '@crossmodal/tensors';

/** What a discriminator says of two modalities. */
export interface AlignmentLogits {
  /** Of the first modality, which counts as real, `[n, 1]`; above 0 where it is taken for real. */
  readonly real: tf.Tensor;
  /** Of the modality that is aligned with it, `[n, 1]`. */
  readonly fake: tf.Tensor;
}

/** Discriminators that tell the latents of each further modality from those of the first. */
export interface AdversarialAlignment extends Module {
  /** `V - 1` networks, `[n, q]` to `[n, 1]`, for modalities 2..V. */
  readonly discriminators: readonly Layer[];
  /**
   * Logits of each discriminator, for `discriminatorLoss` and `generatorLoss`.
   *
   * @param latents - `[n, q]`, one per modality, the first the anchor
   * @throws CrossmodalError `shape` when the number of latents or a size differs.
   */
  logits(latents: readonly tf.Tensor[], context: ApplyContext): readonly AlignmentLogits[];
}

/** Options of {@link adversarialAlignment}. */
export interface AdversarialAlignmentOptions {
  /** Features q of every latent. */
  readonly latentSize: number;
  /** Modalities V, 2 or more. */
  readonly modalities: number;
  /** Layers of each discriminator before its logit. @defaultValue 256, 256 and 128 units of leakyRelu, as in the public code */
  readonly hidden?: readonly DenseLayerOptions[];
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

const layer = (units: number): DenseLayerOptions => ({ units, activation: 'leakyRelu' });

/**
 * Makes `V - 1` discriminators, each between the first modality and one of the others, instead of one for every pair.
 *
 * @throws CrossmodalError `option` when there are less than two modalities or a size is not a positive integer.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, section 3.1 (B) and Eq. 5
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const alignment = adversarialAlignment({ latentSize: 8, modalities: 3, random: randomSource(0) });
 * const latents = [tf.zeros([5, 8]), tf.zeros([5, 8]), tf.ones([5, 8])];
 * const pairs = alignment.logits(latents, { training: false });
 * console.log(pairs.map(({ fake }) => fake.shape)); // [[5, 1], [5, 1]]
 * tf.dispose([latents, pairs.flatMap(({ real, fake }) => [real, fake])]);
 * alignment.dispose();
 * ```
 */
export function adversarialAlignment(options: AdversarialAlignmentOptions): AdversarialAlignment {
  const { latentSize, modalities, hidden = [layer(256), layer(256), layer(128)] } = options;
  const { initialiser = 'heNormal', random } = options;
  if (!Number.isInteger(modalities) || modalities < 2) {
    throw new CrossmodalError({
      code: 'option',
      where: "adversarialAlignment option 'modalities'",
      expected: 'an integer of 2 or more',
      received: String(modalities),
    });
  }
  const layers: DenseLayerOptions[] = [...hidden, { units: 1, activation: 'linear' }];
  const discriminators = disposeOnError((made: Layer[]) => {
    for (let v = 1; v < modalities; v++) {
      made.push(mlp({ inputSize: latentSize, layers, initialiser, random }));
    }
    return made;
  });
  return {
    ...joinModules(discriminators),
    discriminators,
    logits(latents, context) {
      checkCount('adversarialAlignment', 'latents', modalities, latents.length);
      return discriminators.map((discriminator, d) => ({
        real: discriminator.apply(latents[0]!, context),
        fake: discriminator.apply(latents[d + 1]!, context),
      }));
    },
  };
}
