import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { checkFinite } from '../checks/check-finite.js';

/** Singular values and vectors of a matrix `[n, m]`, `r = min(n, m)`. */
export interface ThinSvd {
  /** Left singular vectors as columns, `[n, r]`; the entry of largest magnitude of each is positive. */
  readonly u: DenseMatrix<Float64Array>;
  /** Singular values, descending, `[r]`. */
  readonly s: Float64Array;
  /** Right singular vectors as columns, `[m, r]`. */
  readonly v: DenseMatrix<Float64Array>;
}

/**
 * Thin singular value decomposition, M = U diag(s) Vᵀ, in 8-byte numbers; cubic in the shorter side.
 *
 * @param matrix - `[n, m]`
 * @throws CrossmodalError `value` on NaN or infinite entries.
 * @example
 * ```ts
 * thinSvd(fromRows([[3, 0], [0, 4], [0, 0]])).s; // 4, 3
 * ```
 */
export function thinSvd(matrix: DenseMatrix): ThinSvd {
  const { rows: n, columns: m, values } = matrix;
  checkFinite('thinSvd', values);
  const r = Math.min(n, m);
  // autoTranspose: the algorithm needs at least as many rows as columns.
  const decomposition = new SingularValueDecomposition(Matrix.from1DArray(n, m, values), {
    autoTranspose: true,
  });
  const { leftSingularVectors: left, rightSingularVectors: right } = decomposition;
  const u = new Float64Array(n * r);
  const v = new Float64Array(m * r);
  for (let column = 0; column < r; column++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const entry = left.get(i, column);
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) u[i * r + column] = sign * left.get(i, column);
    for (let j = 0; j < m; j++) v[j * r + column] = sign * right.get(j, column);
  }
  return {
    u: denseMatrix(u, n, r),
    s: Float64Array.from(decomposition.diagonal.slice(0, r)),
    v: denseMatrix(v, m, r),
  };
}
