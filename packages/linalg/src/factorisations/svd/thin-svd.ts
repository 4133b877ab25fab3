import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '../../checks/check-finite.js';
import { transposeMatrix } from '../../products/transpose-matrix.js';
import { bidiagonalise } from './bidiagonalise.js';
import { diagonalise } from './diagonalise.js';

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
 * Thin singular value decomposition, M = U diag(s) Vᵀ, in 8-byte numbers, by Householder bidiagonalisation and implicit QR
 * (Golub and Kahan); `O(n m min(n, m))`.
 *
 * @param matrix - `[n, m]`
 * @throws CrossmodalError `shape` when it is empty; `value` on NaN or infinite entries; `diverged` when QR does not converge, which entries
 * that are not near the limits of floating point do not cause.
 * @example
 * ```ts
 * thinSvd(fromRows([[3, 0], [0, 4], [0, 0]])).s; // 4, 3
 * ```
 */
export function thinSvd(matrix: DenseMatrix): ThinSvd {
  const { rows, columns } = matrix;
  const where = 'thinSvd';
  if (rows === 0 || columns === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'at least one row and one column',
      received: `[${rows}, ${columns}]`,
    });
  }
  checkFinite(where, matrix.values);
  // The algorithm needs at least as many rows as columns, and walks along columns.
  const wide = rows < columns;
  const work = bidiagonalise(
    Float64Array.from(wide ? matrix.values : transposeMatrix(matrix).values),
    Math.max(rows, columns),
    Math.min(rows, columns),
  );
  if (!diagonalise(work)) {
    throw new CrossmodalError({
      code: 'diverged',
      where,
      expected: 'implicit QR to converge',
      received: `a ${rows} x ${columns} matrix on which it does not`,
      advice: 'Scale the matrix away from the limits of floating point.',
    });
  }
  const long = denseMatrix(work.u, work.n, work.m);
  const short = denseMatrix(work.v, work.n, work.n);
  const [left, right] = wide ? [short, long] : [long, short];
  fixSigns(left, right);
  return { u: transposeMatrix(left), s: work.s, v: transposeMatrix(right) };
}

/** Turns pairs of vectors, rows of both, so that the entry of largest magnitude of the left one is positive. */
function fixSigns(left: DenseMatrix<Float64Array>, right: DenseMatrix<Float64Array>): void {
  for (let c = 0; c < left.rows; c++) {
    const vector = left.values.subarray(c * left.columns, (c + 1) * left.columns);
    const peak = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0);
    if (peak >= 0) continue;
    vector.forEach((entry, i) => (vector[i] = -entry));
    const partner = right.values.subarray(c * right.columns, (c + 1) * right.columns);
    partner.forEach((entry, i) => (partner[i] = -entry));
  }
}
