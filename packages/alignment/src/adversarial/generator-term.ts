import { generatorLoss, type GeneratorForm, type Term, type Weight } from '@crossmodal/losses';
import type { AdversarialAlignment } from './adversarial-alignment.js';
import { sumOf, type AlignedState } from './aligned-state.js';

/** Options of {@link generatorTerm}. */
export interface GeneratorTermOptions {
  /** @defaultValue 1 */
  readonly weight?: Weight;
  /** Form of the game. @defaultValue that of {@link generatorLoss} */
  readonly form?: GeneratorForm;
}

/**
 * The term `generator`: the game as the encoders see it. Latents of each further modality are to be taken for those of the first.
 *
 * @param alignment - its discriminators stay as they are
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 5
 * @example
 * ```ts
 * const alignment = adversarialAlignment({ latentSize: 8, modalities: 2, random: randomSource(0) });
 * console.log(generatorTerm(alignment, { weight: 0.1 }).name); // generator
 * alignment.dispose();
 * ```
 */
export function generatorTerm(
  alignment: AdversarialAlignment,
  { weight = 1, form }: GeneratorTermOptions = {},
): Term<AlignedState> {
  return {
    name: 'generator',
    weight,
    value: ({ latents, masks }) =>
      sumOf(
        alignment
          .logits(latents, { training: true })
          .map(({ fake }, d) => generatorLoss(fake, { ...(form && { form }), mask: masks[d + 1] })),
      ),
  };
}
