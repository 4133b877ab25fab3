import { sizeOf, type Decoder, type Encoder } from '@crossmodal/encoders';
import { checkCount, joinModules, tf } from '@crossmodal/tensors';
import { checkDecoder } from './check-decoder.js';
import type { Fusion } from './fusion.js';

/** What {@link affinityFusion} takes. */
export interface AffinityFusionOptions {
  /** One a modality. */
  readonly encoders: readonly Encoder[];
  /** One a modality, each from its own encoder's output laid out as `[n, q]`. */
  readonly decoders: readonly Decoder[];
}

/**
 * Affinity fusion: every modality has an autoencoder of its own, and nothing is merged; the modalities meet in the one matrix of
 * self-expressive coefficients that all latents share. The modalities need no common size or alignment. Owns its layers.
 *
 * @throws CrossmodalError `shape` when the numbers of encoders and decoders differ, or a pair does not fit.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, affinity fusion
 */
export function affinityFusion({ encoders, decoders }: AffinityFusionOptions): Fusion {
  checkCount('affinity fusion', 'decoders', encoders.length, decoders.length);
  const latentSizes = encoders.map((encoder) => sizeOf(encoder.outputShape));
  decoders.forEach((decoder, v) => {
    checkDecoder(v, decoder, latentSizes[v]!, encoders[v]!.inputShape);
  });
  return {
    ...joinModules([...encoders, ...decoders]),
    kind: 'affinity',
    encoderPart: { trainable: encoders.flatMap((encoder) => encoder.trainable) },
    decoderPart: { trainable: decoders.flatMap((decoder) => decoder.trainable) },
    inputShapes: encoders.map((encoder) => encoder.inputShape),
    latentSizes,
    encode(inputs, context) {
      checkCount('affinity fusion', 'modalities', encoders.length, inputs.length);
      return encoders.map((encoder, v) =>
        tf.tidy(() => {
          const z = encoder.apply(inputs[v]!, context);
          return z.rank === 2 ? z : tf.reshape(z, [z.shape[0]!, latentSizes[v]!]);
        }),
      );
    },
    decode(latents, context) {
      checkCount('affinity fusion', 'latents', decoders.length, latents.length);
      return decoders.map((decoder, v) => decoder.apply(latents[v]!, context));
    },
  };
}
