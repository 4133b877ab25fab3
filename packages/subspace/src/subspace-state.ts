import type { tf } from '@crossmodal/tensors';

/** A modality rebuilt by its decoder, rows of absent samples zero on both sides. */
export interface Rebuilt {
  /** Name of the modality. */
  readonly name: string;
  /** What the decoder is asked for, `[m, ...]`. */
  readonly target: tf.Tensor;
  /** What it answers, `[m, ...]`. */
  readonly output: tf.Tensor;
}

/** A latent represented by those of other samples, rows of absent samples zero on both sides. */
export interface Expressed {
  /** Name of the modality; empty where one latent stands for all. */
  readonly name: string;
  /** The latent, `[m, q]`. */
  readonly latent: tf.Tensor;
  /** Its representation by others, rows of `S Z`. */
  readonly representation: tf.Tensor;
}

/** What the terms of an objective see of a batch of a network with self-expressive latents. */
export interface SubspaceState {
  /** One, or one per modality, `[m, q]`. */
  readonly latents: readonly tf.Tensor2D[];
  /** Which rows of each are present, `[m, 1]` of 0 and 1; undefined where all are. */
  readonly masks: readonly (tf.Tensor | undefined)[];
  /** One per modality; none without decoders. */
  readonly rebuilt: readonly Rebuilt[];
  /** One per latent; none without self-expression. */
  readonly expressed: readonly Expressed[];
  /** S without its diagonal, `[n, n]`, where it is trained with the network. */
  readonly coefficients?: tf.Tensor | undefined;
}
