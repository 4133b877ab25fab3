import { discriminatorLoss, type Term } from '@crossmodal/losses';
import type { AdversarialAlignment } from './adversarial-alignment.js';
import { sumOf, type AlignedState } from './aligned-state.js';

/**
 * The term `discriminator`, of weight 1: the game as the discriminators see it. Latents of the first modality are real, those of the others are not.
 *
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 5
 * @example
 * ```ts
 * const alignment = adversarialAlignment({ latentSize: 8, modalities: 2, random: randomSource(0) });
 * console.log(discriminatorTerm(alignment).name); // discriminator
 * alignment.dispose();
 * ```
 */
export function discriminatorTerm(alignment: AdversarialAlignment): Term<AlignedState> {
  return {
    name: 'discriminator',
    weight: 1,
    value: ({ latents, masks }) =>
      sumOf(
        alignment
          .logits(latents, { training: true })
          .map(({ real, fake }, d) =>
            discriminatorLoss(real, fake, { realMask: masks[0], fakeMask: masks[d + 1] }),
          ),
      ),
  };
}
