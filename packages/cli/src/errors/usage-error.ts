import { CrossmodalError } from '@crossmodal/core';

/** The error for an argument that cannot be used as it was given. */
export function usageError(
  where: string,
  expected: string,
  received: string,
  advice?: string,
): CrossmodalError {
  return new CrossmodalError({
    code: 'option',
    where,
    expected,
    received,
    ...(advice === undefined ? {} : { advice }),
  });
}
