import { CrossmodalError, type Modality } from '@crossmodal/core';

/** Presence flags of a modality, or undefined when every row is there. */
export function presenceOf({ present }: Modality): Uint8Array | undefined {
  return present?.some((flag) => flag === 0) === true ? present : undefined;
}

/**
 * Refuses absent rows where one latent needs every modality.
 *
 * @throws CrossmodalError `unsupported` when a row is absent and the fusion is not `affinity`.
 */
export function checkPresence(where: string, fusion: string, modalities: readonly Modality[]): void {
  if (fusion === 'affinity') return;
  const missing = modalities.find((modality) => presenceOf(modality) !== undefined);
  if (missing === undefined) return;
  throw new CrossmodalError({
    code: 'unsupported',
    where,
    expected: `every sample in every modality, for ${fusion} fusion`,
    received: `absent rows in '${missing.name}'`,
    advice: "Use fusion 'affinity', or leave those samples out.",
  });
}
