import { CrossmodalError, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
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
 * @throws CrossmodalError `shape` when the value is not numeric or is a single number;
 * `unsupported` when a sparse matrix is too large to be made dense.
 */
export function arrayToMatrix(
  value: ArrayValue,
  options: ArrayToMatrixOptions = {},
): DenseMatrix<Float32Array> {
  const { where = 'arrayToMatrix' } = options;
  if (value.kind === 'csr') return densify(value, where);
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

/** Largest dense matrix that is made of a sparse one: 2^30 values, 4 GiB. */
const MAXIMUM_DENSE = 2 ** 30;

function densify(matrix: CsrMatrix, where: string): DenseMatrix<Float32Array> {
  const { rows, columns, rowOffsets, columnIndices } = matrix;
  if (rows * columns > MAXIMUM_DENSE) {
    throw new CrossmodalError({
      code: 'unsupported',
      where,
      expected: `a sparse matrix of at most ${MAXIMUM_DENSE} entries, to be made dense`,
      received: `${rows} x ${columns}`,
      advice: 'Keep fewer features.',
    });
  }
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
      values[i * columns + columnIndices[p]!] = matrix.values[p]!;
    }
  }
  return { kind: 'dense', rows, columns, values };
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
