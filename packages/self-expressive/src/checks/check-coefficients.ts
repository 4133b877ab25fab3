import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkValues } from './check-values.js';

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
  checkValues(where, matrix.values);
  return matrix.rows;
}
