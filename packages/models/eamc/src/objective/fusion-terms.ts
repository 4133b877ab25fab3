import type { AdversarialAlignment } from '@crossmodal/alignment';
import {
  attentionLoss,
  discriminatorLoss,
  gaussianKernel,
  generatorLoss,
  pairedDivergence,
  type AttentionLossOptions,
  type GaussianKernelOptions,
  type GeneratorForm,
  type Term,
  type Weight,
} from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import type { EamcState } from '../network/eamc-state.js';

/** Divergence of the assignments of neighbours, where a batch has them. */
export function pairsTerm(weight: number): Term<EamcState> {
  return { name: 'pairs', weight, value: ({ partners }) => pairedDivergence(...partners!) };
}

/** Eq. 6: the kernel of the fused latents is the weighted sum of those of the modalities. */
export function attentionTerm({
  weight,
  kernel,
  reduction,
}: Required<Pick<AttentionLossOptions, 'reduction'>> & {
  readonly weight: number;
  readonly kernel: GaussianKernelOptions;
}): Term<EamcState> {
  return {
    name: 'attention',
    weight,
    value: ({ latents, masks, weights, fused }) =>
      attentionLoss(
        gaussianKernel(fused, kernel),
        latents.map((latent, v) => gaussianKernel(latent, { ...kernel, mask: masks[v] })),
        weights,
        { reduction, masks },
      ),
  };
}

/** Eq. 5 as the encoders see it: latents are taken for those of the first modality. */
export function generatorTerm(
  alignment: AdversarialAlignment,
  { weight, form }: { readonly weight: Weight; readonly form: GeneratorForm },
): Term<EamcState> {
  return {
    name: 'generator',
    weight,
    value: ({ latents, masks }) =>
      sum(
        alignment
          .logits(latents, { training: true })
          .map(({ fake }, d) => generatorLoss(fake, { form, mask: masks[d + 1] })),
      ),
  };
}

/** Eq. 5 as the discriminators see it. */
export function discriminatorTerm(alignment: AdversarialAlignment): Term<EamcState> {
  return {
    name: 'discriminator',
    weight: 1,
    value: ({ latents, masks }) =>
      sum(
        alignment
          .logits(latents, { training: true })
          .map(({ real, fake }, d) =>
            discriminatorLoss(real, fake, { realMask: masks[0], fakeMask: masks[d + 1] }),
          ),
      ),
  };
}

function sum(scalars: readonly tf.Scalar[]): tf.Scalar {
  return scalars.reduce((total, scalar) => tf.add(total, scalar));
}
