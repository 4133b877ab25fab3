import { CrossmodalError } from '@crossmodal/core';

/**
 * Refuses more encoders of a caller's own than there are modalities.
 *
 * @param where - the method, for the error
 * @throws CrossmodalError `option`.
 */
export function checkEncoderCount(where: string, { length }: readonly unknown[], modalities: number): void {
  if (length <= modalities) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'encoders'`,
    expected: `${modalities} at most, one per modality`,
    received: String(length),
  });
}
