import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { Reduction } from '../reduction.js';
import { checkMask } from '../check-mask.js';
import { squaredError } from '../squared-error.js';

/** What {@link attentionLoss} takes. */
export interface AttentionLossOptions {
  /** `sum` over the n^2 entries, the paper's squared Frobenius norm, or `mean`, which does not grow with the batch. @defaultValue 'sum' */
  readonly reduction?: Exclude<Reduction, 'sampleMean'>;
  /**
   * For each modality, 1 for samples that have it, 0 for others, `[n, 1]`; left out where all have it. Two samples are compared by the modalities
   * that both have, whose weights are scaled to sum 1; a pair without any takes no part.
   *
   * @defaultValue all samples have all modalities
   */
  readonly masks?: readonly (tf.Tensor | undefined)[];
}

/**
 * Disagreement of the fused samples' kernel with the weighted kernels of the modalities, `||K_f - sum_v w_v K_v||_F^2`.
 *
 * @param fused - kernel of the fused samples, `[n, n]`
 * @param kernels - one `[n, n]` a modality
 * @param weights - one a modality, `[V]`
 * @returns 0 or more; 0 when all kernels are equal and the weights sum to 1
 * @throws CrossmodalError `shape` when kernels or weights do not fit; `option` when the reduction is unknown.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 6
 */
export function attentionLoss(
  fused: tf.Tensor2D,
  kernels: readonly tf.Tensor2D[],
  weights: tf.Tensor1D,
  { reduction = 'sum', masks = [] }: AttentionLossOptions = {},
): tf.Scalar {
  if (kernels.length === 0 || weights.rank !== 1 || weights.shape[0] !== kernels.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'attentionLoss',
      expected: `one weight a kernel, [${Math.max(1, kernels.length)}]`,
      received: `[${(weights as tf.Tensor).shape.join(', ')}]`,
    });
  }
  if (masks.length > 0 && masks.length !== kernels.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'attentionLoss',
      expected: `a mask or undefined for each of the ${kernels.length} kernels`,
      received: `${masks.length} masks`,
    });
  }
  for (const mask of masks) checkMask('attentionLoss', fused.shape[0], mask);
  return tf.tidy(() => {
    const own = kernels.map((_, v) => tf.slice(weights, [v], [1]));
    if (masks.some((mask) => mask !== undefined)) return maskedLoss(fused, kernels, own, masks, reduction);
    const parts = kernels.map((kernel, v) => tf.mul(kernel, own[v]!));
    const combined = parts.reduce((sum, part) => tf.add(sum, part));
    return squaredError('attentionLoss', fused, combined, reduction);
  });
}

function maskedLoss(
  fused: tf.Tensor2D,
  kernels: readonly tf.Tensor2D[],
  weights: readonly tf.Tensor[],
  masks: readonly (tf.Tensor | undefined)[],
  reduction: Exclude<Reduction, 'sampleMean'>,
): tf.Scalar {
  const sum = (parts: readonly tf.Tensor[]) => parts.reduce((total, part) => tf.add(total, part));
  const shared = kernels.map(({ shape }, v) => {
    const mask = masks[v];
    return mask === undefined ? tf.ones(shape) : tf.matMul(mask, mask, false, true);
  });
  const counted = tf.minimum(sum(shared), 1);
  const shares = shared.map((both, v) => tf.mul(both, weights[v]!));
  // A pair that shares no modality has no weight; it is left out below, and must not be 0 / 0 before.
  const total = tf.add(sum(shares), tf.sub(1, counted));
  const combined = tf.div(sum(shares.map((share, v) => tf.mul(share, kernels[v]!))), total);
  const error = squaredError('attentionLoss', tf.mul(fused, counted), tf.mul(combined, counted), reduction);
  // The mean over all pairs, times all pairs over those that count.
  return reduction === 'sum' ? error : tf.div(error, tf.maximum(tf.mean(counted), 1 / counted.size));
}
