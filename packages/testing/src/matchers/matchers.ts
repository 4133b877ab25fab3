import { isCrossmodalError, type ErrorCode } from '@crossmodal/core';
import { allClose, type Numbers, type Tolerance } from './all-close.js';
import { samePartition } from './same-partition.js';

/** What a matcher of vitest or Jest returns. */
export interface MatcherOutcome {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for `expect.extend` of vitest or Jest: `toBeAllClose`, `toBeSamePartition`, `toBeTypedError`.
 *
 * @example
 * ```ts
 * matchers.toBeAllClose([1, 2], [1, 2.0000001]).pass; // true
 * matchers.toBeSamePartition([0, 0, 1], [5, 5, 3]).pass; // true
 * ```
 */
export const matchers = {
  /** Numbers agree element by element, see {@link allClose}. */
  toBeAllClose(received: Numbers, expected: Numbers, tolerance: Tolerance = {}): MatcherOutcome {
    const { close, message } = allClose(received, expected, tolerance);
    return { pass: close, message: () => message };
  },
  /** Labels make the same groups, whatever they are called. */
  toBeSamePartition(received: ArrayLike<number>, expected: ArrayLike<number>): MatcherOutcome {
    const pass = samePartition(received, expected);
    return {
      pass,
      message: () =>
        `expected ${pass ? 'another' : 'the same'} partition as ${Array.from(expected).join(' ')}`,
    };
  },
  /** A value is a `CrossmodalError`, of one code when given. */
  toBeTypedError(received: unknown, code?: ErrorCode): MatcherOutcome {
    const pass = isCrossmodalError(received, code);
    return {
      pass,
      message: () => `expected ${pass ? 'no' : 'a'} CrossmodalError ${code ?? ''}, got ${String(received)}`,
    };
  },
};
