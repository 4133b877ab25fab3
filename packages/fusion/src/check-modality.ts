import { CrossmodalError } from '@crossmodal/core';

/** Refuses a number that is none of the modalities'. */
export function checkModality(where: string, modality: number, count: number): void {
  if (Number.isInteger(modality) && modality >= 0 && modality < count) return;
  throw new CrossmodalError({
    code: 'option',
    where: `cycle mapping ${where}`,
    expected: `the number of a modality, 0..${count - 1}`,
    received: String(modality),
  });
}
