import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkSymmetric } from './check-symmetric.js';

/**
 * Checks that a matrix is an affinity: square, finite, symmetric up to rounding, without negative entries.
 *
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric.
 */
export function checkAffinity(affinity: Matrix, where: string): void {
  checkSymmetric(affinity, where);
  const { values } = affinity;
  for (let p = 0; p < values.length; p++) {
    if (values[p]! < 0) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'an affinity without negative entries',
        received: `${values[p]!} at stored entry ${p}`,
        advice: 'Take absolute values, or clip at zero.',
      });
    }
  }
}
