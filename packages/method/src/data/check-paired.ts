import { CrossmodalError, type MultiModalData, type Paired } from '@crossmodal/core';

/**
 * Refuses data that are not paired.
 *
 * @throws CrossmodalError `unsupported` for anything else.
 */
export function checkPaired(method: string, data: MultiModalData): asserts data is Paired {
  if (data.kind === 'paired') return;
  throw new CrossmodalError({
    code: 'unsupported',
    where: method,
    expected: 'paired data, where row i of every modality is one object',
    received: `${data.kind} data`,
    advice: 'Use a method for mixed modalities.',
  });
}
