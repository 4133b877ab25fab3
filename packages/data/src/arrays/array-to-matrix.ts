import { CrossmodalError, toDense, type DenseMatrix } from '@crossmodal/core';
import { describeArray, type ArrayValue } from './array-value.js';

/** Options of {@link arrayToMatrix}. */
export interface ArrayToMatrixOptions {
  /** Name of the source in messages. @defaultValue 'arrayToMatrix' */
  readonly where?: string;
}

/**
 * Turns what a reader gave into a matrix of single precision: sparse matrices become dense, `[n]` becomes `[n, 1]`,
 * `[n, a, b, ...]` becomes `[n, a * b * ...]`.
 *
 * @throws CrossmodalError `shape` when the value is not numeric or is a single number.
 */
export function arrayToMatrix(
  value: ArrayValue,
  options: ArrayToMatrixOptions = {},
): DenseMatrix<Float32Array> {
  const { where = 'arrayToMatrix' } = options;
  if (value.kind === 'csr') return single(toDense(value));
  if (value.kind !== 'array' || value.shape.length === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a numeric array of one row a sample',
      received: describeArray(value),
      advice: value.kind === 'cell' ? 'Use its items one by one.' : 'Name another variable.',
    });
  }
  const [rows = 0, ...rest] = value.shape;
  const columns = rest.reduce((product, size) => product * size, 1);
  return single({ kind: 'dense', rows, columns, values: value.values });
}

function single(matrix: DenseMatrix): DenseMatrix<Float32Array> {
  const { rows, columns, values } = matrix;
  return {
    kind: 'dense',
    rows,
    columns,
    values: values instanceof Float32Array ? values : Float32Array.from(values),
  };
}
