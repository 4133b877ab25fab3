import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { Reduction } from '../reduction.js';
import { squaredError } from '../squared-error.js';

/** What {@link attentionLoss} takes. */
export interface AttentionLossOptions {
  /** `sum` over the n^2 entries, the paper's squared Frobenius norm, or `mean`, which does not grow with the batch. @defaultValue 'sum' */
  readonly reduction?: Exclude<Reduction, 'sampleMean'>;
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
  { reduction = 'sum' }: AttentionLossOptions = {},
): tf.Scalar {
  if (kernels.length === 0 || weights.rank !== 1 || weights.shape[0] !== kernels.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'attentionLoss',
      expected: `one weight a kernel, [${Math.max(1, kernels.length)}]`,
      received: `[${(weights as tf.Tensor).shape.join(', ')}]`,
    });
  }
  return tf.tidy(() => {
    const parts = kernels.map((kernel, v) => tf.mul(kernel, tf.slice(weights, [v], [1])));
    const combined = parts.reduce((sum, part) => tf.add(sum, part));
    return squaredError('attentionLoss', fused, combined, reduction);
  });
}
