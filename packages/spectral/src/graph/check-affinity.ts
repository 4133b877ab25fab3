import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkSymmetric } from '@crossmodal/linalg';

/**
 * Checks that a matrix is an affinity: square, finite, symmetric up to rounding, without negative entries.
 *
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric.
 */
export function checkAffinity(where: string, affinity: Matrix): void {
  const smallest = checkSymmetric(where, affinity);
  if (smallest < 0) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: 'an affinity without negative entries',
      received: `an entry of ${smallest}`,
      advice: 'Take absolute values, or clip at zero.',
    });
  }
}
