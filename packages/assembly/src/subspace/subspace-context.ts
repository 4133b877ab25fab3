import type { Modality, ProgressEvent, RandomSource, SampleArray } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import type { LossTerm } from '@crossmodal/losses';
import type { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import type { tf } from '@crossmodal/tensors';
import type { LatentEncoder } from './latent-encoder.js';

/** What every way of training a network of self-expressive latents works on. */
export interface SubspaceContext {
  /** Encoders and decoders. */
  readonly network: Fusion;
  /** The encoders of the network, for all samples at once; S may be shared by further latents, given behind the network's. */
  readonly encoder: LatentEncoder;
  /** S, where it is trained with the networks; left out where it is solved, or there is none. */
  readonly layer?: SelfExpressiveLayer | undefined;
  /** Scaled samples of each modality. */
  readonly samples: readonly SampleArray[];
  /** The modalities they come from, for names and presence. */
  readonly modalities: readonly Modality[];
  /** Decides the batches. */
  readonly random: RandomSource;
  /** Stops the training with an `aborted` error. */
  readonly signal?: AbortSignal | undefined;
  /** Called after every step. */
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** What further terms of an objective see of a step. */
export interface LatentBatch {
  /** One, or one a modality, `[m, q]`. */
  readonly latents: readonly tf.Tensor2D[];
  /** Which rows are present, `[m, 1]` of 0 and 1; undefined where all are. */
  readonly masks: readonly (tf.Tensor | undefined)[];
}

/** Terms of an objective that a method has beside reconstruction and self-expression. */
export type FurtherTerms = (batch: LatentBatch) => readonly LossTerm[];
