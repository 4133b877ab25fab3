import type { tf } from '@crossmodal/tensors';
import type { Term, Weight } from '../objective/term.js';
import { attentionLoss, type AttentionLossOptions } from './attention-loss.js';
import { gaussianKernel, type GaussianKernelOptions } from './gaussian-kernel.js';

/** Latents of a batch, and what attention makes of them. */
export interface AttentionState {
  /** One per modality, `[m, q]`. */
  readonly latents: readonly tf.Tensor2D[];
  /** 1 for samples that have the modality, 0 for others, `[m, 1]`; undefined where all have it. */
  readonly masks: readonly (tf.Tensor | undefined)[];
  /** Weights of the modalities, `[V]`. */
  readonly weights: tf.Tensor1D;
  /** Weighted sum of the latents, `[m, q]`. */
  readonly fused: tf.Tensor2D;
}

/** Options of {@link attentionTerm}. */
export interface AttentionTermOptions extends Pick<AttentionLossOptions, 'reduction'> {
  /** @defaultValue 1 */
  readonly weight?: Weight;
  /** Form of the kernels of fused and single latents. */
  readonly kernel?: Omit<GaussianKernelOptions, 'mask'>;
}

/**
 * The term `attention`: the kernel of the fused latents is to be the weighted sum of those of the modalities, `||K_f - sum_v w_v K_v||_F^2`.
 *
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 6
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const z = tf.tensor2d([[0, 1], [1, 0], [1, 1]]);
 * const state = { latents: [z, z], masks: [undefined, undefined], weights: tf.tensor1d([0.4, 0.6]), fused: z };
 * const { total, values } = evaluateTerms([attentionTerm({ weight: 2 })], state);
 * console.log(total.dataSync()[0]); // 0: all kernels are equal
 * tf.dispose([z, state.weights, total, values]);
 * ```
 */
export function attentionTerm({
  weight = 1,
  kernel,
  ...options
}: AttentionTermOptions = {}): Term<AttentionState> {
  return {
    name: 'attention',
    weight,
    value: ({ latents, masks, weights, fused }) =>
      attentionLoss(
        gaussianKernel(fused, kernel),
        latents.map((latent, v) => gaussianKernel(latent, { ...kernel, mask: masks[v] })),
        weights,
        { ...options, masks },
      ),
  };
}
