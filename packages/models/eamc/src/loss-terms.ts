import {
  assignmentOverlap,
  attentionLoss,
  cauchySchwarzDivergence,
  discriminatorLoss,
  gaussianKernel,
  generatorLoss,
  pairedDivergence,
  simplexDivergence,
  type LossTerm,
} from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import type { EamcNetwork } from './create-network.js';
import type { ForwardPass } from './forward.js';
import type { TrainingSettings } from './training-settings.js';

/** The clustering loss of a batch, Eq. 11, term by term. */
export function clusteringTerms(
  { fused, hidden, assignments }: ForwardPass,
  settings: TrainingSettings,
): LossTerm[] {
  const kernel = gaussianKernel(settings.kernelOf === 'fused' ? fused : hidden, settings.kernel);
  const values = {
    separation: () => cauchySchwarzDivergence(assignments, kernel, settings.separation),
    simplex: () => simplexDivergence(assignments, kernel, settings.simplex),
    orthogonality: () => assignmentOverlap(assignments, settings.orthogonality),
  };
  return settings.terms.map((name) => ({ name, weight: 1, value: values[name] }));
}

/** Divergence of neighbours, for a batch whose second half are the partners of the first. */
export function pairTerms({ assignments }: ForwardPass, settings: TrainingSettings): LossTerm[] {
  const [first, second] = halves(assignments);
  return [{ name: 'pairs', weight: settings.pairWeight, value: () => pairedDivergence(first, second) }];
}

/** Rows `0..m-1` and `m..2m-1`. */
export function halves(both: tf.Tensor2D): [tf.Tensor2D, tf.Tensor2D] {
  const [rows, columns] = both.shape;
  return [tf.slice(both, [0, 0], [rows / 2, columns]), tf.slice(both, [rows / 2, 0], [rows / 2, columns])];
}

/** The fusion loss of a batch for everything but the discriminators: Eq. 6, and Eq. 5 as the encoders see it. */
export function fusionTerms(
  network: EamcNetwork,
  pass: ForwardPass,
  settings: TrainingSettings,
  adversaryWeight: tf.Scalar | undefined,
): LossTerm[] {
  const { latents, masks, weights, fused } = pass;
  const terms: LossTerm[] = [];
  if (network.attention !== undefined) {
    const kernelOf = (z: tf.Tensor2D, mask?: tf.Tensor) => gaussianKernel(z, { ...settings.kernel, mask });
    terms.push({
      name: 'attention',
      weight: settings.attentionWeight,
      value: () =>
        attentionLoss(
          kernelOf(fused),
          latents.map((latent, v) => kernelOf(latent, masks[v])),
          weights,
          { reduction: settings.attentionReduction, masks },
        ),
    });
  }
  const { alignment } = network;
  if (alignment !== undefined && adversaryWeight !== undefined) {
    const { form } = settings.adversary;
    terms.push({
      name: 'generator',
      weight: adversaryWeight,
      value: () =>
        sum(
          alignment
            .logits(latents, { training: true })
            .map(({ fake }, d) => generatorLoss(fake, { form, mask: masks[d + 1] })),
        ),
    });
  }
  return terms;
}

/** The game as the discriminators see it. */
export function discriminatorTerm(network: EamcNetwork, { latents, masks }: ForwardPass): LossTerm {
  const { alignment } = network;
  return {
    name: 'discriminator',
    weight: 1,
    value: () =>
      sum(
        alignment!
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
