import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';

/** Number of samples of a coefficient or affinity matrix. @throws CrossmodalError `shape` when it is not square, `value` when an entry is not finite. */
export function checkCoefficients(where: string, matrix: Matrix): number {
  if (matrix.rows !== matrix.columns) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a square matrix [n, n]',
      received: `shape [${matrix.rows}, ${matrix.columns}]`,
    });
  }
  checkFinite(where, matrix.values);
  return matrix.rows;
}
