import { CrossmodalError, type Mixed, type MultiModalData } from '@crossmodal/core';

/**
 * Refuses data that are not mixed.
 *
 * @throws CrossmodalError `unsupported` for anything else.
 */
export function checkMixed(method: string, data: MultiModalData): asserts data is Mixed {
  if (data.kind === 'mixed') return;
  throw new CrossmodalError({
    code: 'unsupported',
    where: method,
    expected: 'mixed data, where every object has one modality',
    received: `${data.kind} data`,
    advice: 'Use a method for paired modalities, or gather the modalities with mixed().',
  });
}
