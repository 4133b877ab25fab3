import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';

/**
 * The product of two small matrices, `A B`, in 8-byte numbers and plain loops.
 *
 * @param a - shape `[n, d]`
 * @param b - shape `[d, m]`
 * @returns shape `[n, m]`
 * @throws CrossmodalError `shape` when `a` has another number of columns than `b` rows.
 * @example
 * ```ts
 * matrixProduct(fromRows([[1, 2]]), fromRows([[3], [4]])).values; // 11
 * ```
 */
export function matrixProduct(a: DenseMatrix, b: DenseMatrix): DenseMatrix<Float64Array> {
  const { rows: n, columns: d } = a;
  const m = b.columns;
  if (d !== b.rows) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'matrixProduct',
      expected: `a second factor of ${d} rows, as many as the first has columns`,
      received: `[${n}, ${d}] by [${b.rows}, ${m}]`,
    });
  }
  const values = new Float64Array(n * m);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < d; p++) {
      const x = a.values[i * d + p]!;
      if (x === 0) continue;
      for (let j = 0, at = i * m; j < m; j++, at++) values[at]! += x * b.values[p * m + j]!;
    }
  return denseMatrix(values, n, m);
}
