import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkSymmetric } from '../checks/check-symmetric.js';

/**
 * Checks that a matrix is an affinity: square, finite, symmetric up to rounding, without negative entries.
 *
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric.
 */
export function checkAffinity(affinity: Matrix, where: string): void {
  const smallest = checkSymmetric(affinity, where);
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
