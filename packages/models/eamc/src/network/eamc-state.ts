import type { tf } from '@crossmodal/tensors';

/** What the network makes of a batch, and what the terms of the objective see. */
export interface EamcState {
  /** One per modality, `[m, q]`; those of absent samples mean nothing. */
  readonly latents: readonly tf.Tensor2D[];
  /** Which samples have each modality, `[m, 1]` of 0 and 1; undefined where all have it. */
  readonly masks: readonly (tf.Tensor | undefined)[];
  /** Weights of the modalities, `[V]`, sum 1. */
  readonly weights: tf.Tensor1D;
  /** Weighted sum of the latents that a sample has, `[m, q]`. */
  readonly fused: tf.Tensor2D;
  /** Features of the cluster head, `[m, p]`. */
  readonly hidden: tf.Tensor2D;
  /** Soft assignment, `[m, k]`, rows sum to 1. */
  readonly assignments: tf.Tensor2D;
  /** Assignments of the samples and of their partners, `[m / 2, k]` each, where the training draws a neighbour of each sample. */
  readonly partners?: readonly [samples: tf.Tensor2D, partners: tf.Tensor2D] | undefined;
  /**
   * Soft assignment by each modality alone, `[m, k]`: the head applied to its latents, with the running statistics that the fused latents gave it.
   * Computed when a term asks for it, once per batch; rows of absent samples mean nothing.
   */
  readonly perModality: readonly tf.Tensor2D[];
}
