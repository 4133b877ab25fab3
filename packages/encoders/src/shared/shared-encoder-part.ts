import type { RandomSource } from '@crossmodal/core';
import type { SharedEncoder } from './shared-encoder.js';

/** A shared encoder of the caller's own, as a value: it exists before the data do. */
export interface SharedEncoderPart {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /**
   * Creates the one encoder that all modalities go through, as {@link sharedEncoder} does. The same random source must give the same form at each call.
   */
  create(context: {
    /** Features of each modality. */
    readonly inputSizes: readonly number[];
    readonly random: RandomSource;
  }): SharedEncoder;
}
