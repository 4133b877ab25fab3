import type { ApplyContext, Module, tf } from '@crossmodal/tensors';

/** Where modalities meet: before, inside or after their encoders, or in the affinity alone; a fusion of one's own names its own kind. */
export type FusionKind = 'early' | 'intermediate' | 'late' | 'affinity' | (string & {});

/**
 * Encoders and decoders of several modalities, and the place where they meet.
 *
 * Spatial fusion (early, intermediate, late) gives one latent for all modalities; affinity fusion gives one each, which share the
 * self-expressive coefficients: `latents = encode(x)`, `zhat = S latents`, `xhat = decode(zhat)` is the whole network either way.
 */
export interface Fusion extends Module {
  /** Where the modalities meet. */
  readonly kind: FusionKind;
  /** Shape of one sample of each modality, without the batch. */
  readonly inputShapes: readonly (readonly number[])[];
  /** Variables between the data and the latents, so that they can have a learning rate of their own. */
  readonly encoderPart: Pick<Module, 'trainable'>;
  /** Variables between the latents and the reconstructions. */
  readonly decoderPart: Pick<Module, 'trainable'>;
  /** Sizes `q` of the latents: one, or one a modality. */
  readonly latentSizes: readonly number[];
  /**
   * One tensor `[n, ...inputShape]` a modality, to the latents `[n, q]`.
   *
   * @throws CrossmodalError `shape` when the number of inputs or one of their shapes differs.
   */
  encode(inputs: readonly tf.Tensor[], context: ApplyContext): tf.Tensor[];
  /**
   * The latents `[n, q]`, to a reconstruction `[n, ...inputShape]` of every modality.
   *
   * @throws CrossmodalError `shape` when the number of latents or one of their shapes differs.
   */
  decode(latents: readonly tf.Tensor[], context: ApplyContext): tf.Tensor[];
}
