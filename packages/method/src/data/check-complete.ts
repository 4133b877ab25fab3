import { CrossmodalError, presenceOf, type Modality } from '@crossmodal/core';

/**
 * Refuses absent rows, for methods that need every sample in every modality.
 *
 * @param reason - ends the sentence 'expected every sample in every modality', such as `for late fusion`
 * @param advice - what to do instead
 * @throws CrossmodalError `unsupported` when a row is absent.
 */
export function checkComplete(
  where: string,
  modalities: readonly Modality[],
  reason = '',
  advice = 'Leave those samples out.',
): void {
  const missing = modalities.find((modality) => presenceOf(modality) !== undefined);
  if (missing === undefined) return;
  throw new CrossmodalError({
    code: 'unsupported',
    where,
    expected: `every sample in every modality${reason === '' ? '' : `, ${reason}`}`,
    received: `absent rows in '${missing.name}'`,
    advice,
  });
}
