import type { RandomSource } from '@crossmodal/core';
import type { Decoder, Encoder } from './layers/layer.js';

/** An encoder of the caller's own, as a value: it exists before the data do. */
export interface EncoderPart {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /**
   * Creates the encoder of a modality, from `[n, ...shape]` to a latent; alone, or with the decoder that undoes it. The same random source must
   * give the same form at each call.
   */
  create(context: {
    /** One sample of the modality: `[d]`, or `[height, width, channels]`. */
    readonly shape: readonly number[];
    readonly random: RandomSource;
  }): Encoder | { readonly encoder: Encoder; readonly decoder: Decoder };
}
