import { tf } from '@crossmodal/tensors';

/** Latents that are aligned with those of the first modality. */
export interface AlignedState {
  /** One per modality, `[m, q]`. */
  readonly latents: readonly tf.Tensor[];
  /** 1 for samples that have the modality, 0 for others, `[m, 1]`; undefined where all have it. */
  readonly masks: readonly (tf.Tensor | undefined)[];
}

/** Sum of scalars, of which there is one at least. */
export function sumOf(scalars: readonly tf.Scalar[]): tf.Scalar {
  return scalars.reduce((total, scalar) => tf.add(total, scalar));
}
