import type { AdversarialAlignment } from '@crossmodal/alignment';
import type { Encoder, Layer } from '@crossmodal/encoders';
import type { AttentionFusion } from '@crossmodal/fusion';
import type { Module, tf } from '@crossmodal/tensors';

/** Learns how much each modality counts, for each sample (`scores`) and for a batch (`weights`). */
export type ModalityAttention = Module & Pick<AttentionFusion, 'scores' | 'weights'>;

/** Encoders, attention, discriminators and cluster head. */
export interface EamcNetwork extends Module {
  readonly encoders: readonly Encoder[];
  readonly attention?: ModalityAttention | undefined;
  readonly alignment?: AdversarialAlignment | undefined;
  /** From the fused latent to features. */
  readonly hidden: Layer;
  /** From those to logits, one per cluster. */
  readonly logits: Layer;
  /** Whether the rows of latents, single and fused, all have one length. */
  readonly unitRows: boolean;
  /** Weights of the modalities over all training samples, `[V]`, which hold when new samples are assigned. */
  readonly modalityWeights: tf.Variable<tf.Rank.R1>;
}
