import { CrossmodalError } from '@crossmodal/core';
import { sameShape } from '@crossmodal/encoders';
import { tf } from '@crossmodal/tensors';
import { checkMasks, type ModalityMasks } from './check-masks.js';

/** Options of {@link weightedSum}. */
export interface WeightedSumOptions {
  /**
   * For each modality, 1 for samples that have it, 0 for others, `[n, 1]`; left out where all have it. The weights of the modalities that a sample
   * has are scaled to sum 1; what the others hold is not read. A sample without any comes out as zeros.
   *
   * @defaultValue all samples have all modalities
   */
  readonly masks?: ModalityMasks;
}

/** Least sum of a sample's weights: keeps one without modalities from 0 / 0. */
const WEIGHT_FLOOR = 1e-12;

/**
 * Fuses latents of one shape by weights: `h_f = sum_v w_v h^v`.
 *
 * @param latents - one `[n, q]` a modality
 * @param weights - one a modality, `[V]`
 * @returns `[n, q]`
 * @throws CrossmodalError `shape` when there is not one weight a latent, latents differ in shape, or masks do not fit.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, section 3.1 (B)
 */
export function weightedSum(
  latents: readonly tf.Tensor[],
  weights: tf.Tensor1D,
  { masks = [] }: WeightedSumOptions = {},
): tf.Tensor {
  const [first] = latents;
  if (first === undefined || !sameShape(weights.shape, [latents.length])) {
    refuse(`one weight a latent, [${Math.max(1, latents.length)}]`, weights.shape);
  }
  const other = latents.find(({ shape }) => !sameShape(shape, first.shape));
  if (other !== undefined) refuse(`latents of one shape, [${first.shape.join(', ')}]`, other.shape);
  checkMasks('weightedSum', latents, masks);
  const masked = masks.some((mask) => mask !== undefined);
  return tf.tidy(() => {
    const shares = latents.map((_, v) => {
      const share = tf.slice(weights, [v], [1]);
      return masks[v] === undefined ? share : tf.mul(masks[v], share);
    });
    const fused = latents
      .map((latent, v) => tf.mul(latent, shares[v]!))
      .reduce((sum, part) => tf.add(sum, part));
    if (!masked) return fused;
    const total = shares.reduce((sum, share) => tf.add(sum, share));
    return tf.div(fused, tf.maximum(total, WEIGHT_FLOOR));
  });
}

function refuse(expected: string, shape: readonly number[]): never {
  throw new CrossmodalError({
    code: 'shape',
    where: 'weightedSum',
    expected,
    received: `[${shape.join(', ')}]`,
  });
}
