import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkCoefficients } from '../checks/check-coefficients.js';

/**
 * The affinity of the papers' formulas, `A = (|S| + |S|^T) / 2`.
 *
 * @param s - coefficients, shape `[n, n]`
 * @returns shape `[n, n]`, symmetric, 0 or more
 * @throws CrossmodalError `shape` when `s` is not square.
 */
export function symmetricAffinity(s: DenseMatrix): DenseMatrix<Float32Array> {
  const n = checkCoefficients('symmetricAffinity', s);
  const values = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = (Math.abs(s.values[i * n + j]!) + Math.abs(s.values[j * n + i]!)) / 2;
      values[i * n + j] = value;
      values[j * n + i] = value;
    }
  }
  return denseMatrix(values, n, n);
}
