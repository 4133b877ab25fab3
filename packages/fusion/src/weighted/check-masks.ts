import { CrossmodalError } from '@crossmodal/core';
import { checkCount, type tf } from '@crossmodal/tensors';

/** For each modality, 1 for samples that have it, 0 for others, `[n, 1]`; undefined where all have it. */
export type ModalityMasks = readonly (tf.Tensor | undefined)[];

/** Refuses masks that are not one for each latent, or not `[n, 1]`; an empty list is none at all. */
export function checkMasks(where: string, latents: readonly tf.Tensor[], masks: ModalityMasks): void {
  if (masks.length === 0) return;
  checkCount(where, 'masks', latents.length, masks.length);
  const n = latents[0]?.shape[0] ?? 0;
  const wrong = masks.find((mask) => mask !== undefined && !(mask.rank === 2 && mask.size === n));
  if (wrong === undefined) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `masks [${n}, 1], one flag per sample`,
    received: `[${wrong.shape.join(', ')}]`,
  });
}
