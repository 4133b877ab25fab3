import { CrossmodalError } from '../errors.js';
import { denseMatrix, type DenseMatrix } from '../matrix.js';

/**
 * Puts matrices of as many rows side by side, `[n, d_1], [n, d_2], ...` to `[n, d_1 + d_2 + ...]`, in single precision.
 *
 * @throws CrossmodalError `shape` when there is no matrix, or they differ in rows.
 * @example
 * ```ts
 * joinColumns([fromRows([[1], [4]]), fromRows([[2, 3], [5, 6]])]).values; // 1, 2, 3, 4, 5, 6
 * ```
 */
export function joinColumns(parts: readonly DenseMatrix[]): DenseMatrix<Float32Array> {
  const n = parts[0]?.rows;
  if (n === undefined || parts.some(({ rows }) => rows !== n)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'joinColumns',
      expected: 'one matrix or more, all of as many rows',
      received: n === undefined ? 'none' : `rows ${parts.map(({ rows }) => rows).join(', ')}`,
    });
  }
  const width = parts.reduce((sum, { columns }) => sum + columns, 0);
  const values = new Float32Array(n * width);
  let start = 0;
  for (const { columns, values: own } of parts) {
    for (let i = 0; i < n; i++) values.set(own.subarray(i * columns, (i + 1) * columns), i * width + start);
    start += columns;
  }
  return denseMatrix(values, n, width);
}
