import { CrossmodalError } from '@crossmodal/core';

/** Refuses what is not the number of a modality. */
export function checkModality(where: string, modality: number, count: number): void {
  if (Number.isInteger(modality) && modality >= 0 && modality < count) return;
  throw new CrossmodalError({
    code: 'option',
    where,
    expected: `the number of a modality, 0..${count - 1}`,
    received: String(modality),
  });
}
