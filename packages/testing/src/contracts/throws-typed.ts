import { AssertionError } from 'node:assert';
import { isCrossmodalError, type ErrorCode } from '@crossmodal/core';

/**
 * Checks that a call, synchronous or not, ends with a `CrossmodalError`.
 *
 * @param codes - the codes that fit; any, when left out
 * @throws AssertionError when the call succeeds, throws anything else, or throws another code.
 */
export async function throwsTyped(call: () => unknown, codes?: readonly ErrorCode[]): Promise<void> {
  let outcome: unknown;
  try {
    outcome = await call();
  } catch (error) {
    if (!isCrossmodalError(error)) {
      throw new AssertionError({
        message: `expected a CrossmodalError, got ${String(error)}`,
        actual: error,
      });
    }
    if (codes !== undefined && !codes.includes(error.code)) {
      throw new AssertionError({
        message: `expected code ${codes.join(' or ')}, got ${error.code}: ${error.message}`,
        actual: error.code,
        expected: codes,
      });
    }
    return;
  }
  throw new AssertionError({
    message: 'expected a CrossmodalError, but the call succeeded',
    actual: outcome,
  });
}
