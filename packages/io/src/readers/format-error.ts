import { CrossmodalError } from '@crossmodal/core';

/** The error for a file that breaks the rules of its format. */
export function formatError(
  where: string,
  expected: string,
  received: string,
  cause?: unknown,
): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where,
    expected,
    received,
    advice: 'The file is damaged or of another format.',
    cause,
  });
}

/** The error for a file that is valid but uses something this library does not read. */
export function unsupportedError(
  where: string,
  expected: string,
  received: string,
  advice: string,
): CrossmodalError {
  return new CrossmodalError({ code: 'unsupported', where, expected, received, advice });
}
