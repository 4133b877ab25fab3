import { CrossmodalError } from '../errors.js';
import type { DenseMatrix, FloatArray } from '../matrix.js';

/**
 * Copies the rows `first..end-1` of a dense matrix, counted from 0.
 *
 * @throws CrossmodalError `option` unless `0 <= first <= end <= rows`.
 */
export function sliceRows<T extends FloatArray>(
  matrix: DenseMatrix<T>,
  first: number,
  end: number = matrix.rows,
): DenseMatrix<T> {
  const { rows, columns, values } = matrix;
  if (!Number.isInteger(first) || !Number.isInteger(end) || first < 0 || first > end || end > rows) {
    throw new CrossmodalError({
      code: 'option',
      where: 'sliceRows',
      expected: `0 <= first <= end <= ${rows} rows`,
      received: `first ${first}, end ${end}`,
    });
  }
  return {
    kind: 'dense',
    rows: end - first,
    columns,
    values: values.slice(first * columns, end * columns) as T,
  };
}
