import { CrossmodalError } from '@crossmodal/core';
import type { EigenRows } from './eigen-rows.js';
import { tridiagonalise } from './tridiagonalise.js';
import { tridiagonalQl } from './tridiagonal-ql.js';

/**
 * Eigenvalues, descending, and eigenvectors as rows (`[n, n]` row-major, signs as they come). Overwrites its input.
 *
 * @throws CrossmodalError `diverged` when QL does not converge, which finite input does not cause.
 */
export function symmetricEigenRows(work: Float64Array, n: number): EigenRows {
  const { diagonal, offDiagonal, rotation } = tridiagonalise(work, n);
  if (!tridiagonalQl(diagonal, offDiagonal, rotation, n)) {
    throw new CrossmodalError({
      code: 'diverged',
      where: 'symmetricEigen',
      expected: 'implicit QL to converge in 60 sweeps an eigenvalue',
      received: `a ${n} x ${n} matrix on which it does not`,
      advice: 'Scale the matrix away from the limits of floating point.',
    });
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  const rows = new Float64Array(n * n);
  order.forEach((from, to) => rows.set(rotation.subarray(from * n, from * n + n), to * n));
  return { values: Float64Array.from(order, (i) => diagonal[i]!), rows };
}
