import { checkComplete } from '@crossmodal/assembly';
import type { Modality } from '@crossmodal/core';

/**
 * Refuses absent rows where one latent needs every modality.
 *
 * @throws CrossmodalError `unsupported` when a row is absent and the fusion is not `affinity`.
 */
export function checkPresence(where: string, fusion: string, modalities: readonly Modality[]): void {
  if (fusion === 'affinity') return;
  const advice = "Use fusion 'affinity', or leave those samples out.";
  checkComplete(where, modalities, `for ${fusion} fusion`, advice);
}
