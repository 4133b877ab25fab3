import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Refuses latents that are not matrices of the same rows, masks of another shape, and a ridge that is not positive. */
export function checkLatents(
  where: string,
  latents: readonly tf.Tensor[],
  masks: readonly (tf.Tensor | undefined)[],
  ridges: readonly number[],
): void {
  const n = latents[0]?.shape[0];
  latents.forEach(({ rank, shape }, v) => {
    if (rank === 2 && shape[0] === n && n! > 0 && shape[1]! > 0) return;
    refuse('shape', where, v === 0 ? 'latents [n, d]' : `latents [${n}, d]`, `[${shape.join(', ')}]`);
  });
  for (const mask of masks) {
    if (mask === undefined || (mask.rank === 2 && mask.shape[0] === n && mask.shape[1] === 1)) continue;
    refuse('shape', where, `a mask [${n}, 1]`, `[${mask.shape.join(', ')}]`);
  }
  for (const ridge of ridges) {
    if (Number.isFinite(ridge) && ridge > 0) continue;
    refuse('option', `${where} option 'ridge'`, 'a number above 0', String(ridge));
  }
}

/** Throws the typed error. */
export function refuse(code: 'shape' | 'option', where: string, expected: string, received: string): never {
  throw new CrossmodalError({ code, where, expected, received });
}
