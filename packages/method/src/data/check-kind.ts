import { CrossmodalError, type MultiModalData } from '@crossmodal/core';

const ADVICE = {
  paired: 'Use a method for mixed modalities.',
  mixed: 'Use a method for paired modalities, or gather the modalities with mixed().',
};

const MEANING = {
  paired: 'paired data, where row i of every modality is one object',
  mixed: 'mixed data, where every object has one modality',
};

/**
 * Refuses data of the other kind.
 *
 * @throws CrossmodalError `unsupported` when the data are not of the kind that the method clusters.
 */
export function checkKind(where: string, kind: 'paired' | 'mixed', data: MultiModalData): void {
  if (data.kind === kind) return;
  throw new CrossmodalError({
    code: 'unsupported',
    where,
    expected: MEANING[kind],
    received: `${data.kind} data`,
    advice: ADVICE[kind],
  });
}
