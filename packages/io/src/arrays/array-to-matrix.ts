import { CrossmodalError, toDense, type DenseMatrix, type FloatArray } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { describeArray } from './describe-array.js';

/** Options of {@link arrayToMatrix}. */
export interface ArrayToMatrixOptions {
  /** Name of the source in messages. @defaultValue 'arrayToMatrix' */
  readonly where?: string;
}

/** Largest dense matrix that is made of a sparse one: 2^30 values, 4 GiB in single precision. */
const MAXIMUM_DENSE = 2 ** 30;

/**
 * Turns what a reader gave into a matrix: sparse matrices become dense, `[n]` becomes `[n, 1]`, `[n, a, b, ...]` becomes
 * `[n, a * b * ...]`. Values keep the precision in which they came; a dense array is not copied.
 *
 * @throws CrossmodalError `shape` when the value is not numeric, is a single number or has no columns; `value` when it holds integers
 * beyond 2^53; `unsupported` when a sparse matrix is too large to be made dense.
 */
export function arrayToMatrix(
  value: ArrayValue,
  options: ArrayToMatrixOptions = {},
): DenseMatrix<FloatArray> {
  const { where = 'arrayToMatrix' } = options;
  const refuse = (code: 'shape' | 'value' | 'unsupported', expected: string, advice: string) =>
    new CrossmodalError({ code, where, expected, received: describeArray(value), advice });
  if (value.kind === 'integers') {
    throw refuse(
      'value',
      'integers within -2^53..2^53 as features',
      'Save the array as double if rounding is acceptable.',
    );
  }
  if (value.kind === 'opaque' && value.error !== undefined) throw value.error;
  const isNumeric = value.kind === 'csr' || (value.kind === 'array' && value.shape.length > 0);
  if (!isNumeric) throw refuse('shape', 'a numeric array of one row per sample', adviceFor(value));
  const [rows, columns] = value.kind === 'csr' ? [value.rows, value.columns] : flattened(value.shape);
  if (columns === 0) throw refuse('shape', 'one value at least in every row', 'Name another variable.');
  if (value.kind === 'array') return { kind: 'dense', rows, columns, values: value.values };
  if (rows * columns > MAXIMUM_DENSE) {
    throw refuse(
      'unsupported',
      `a sparse matrix of at most ${MAXIMUM_DENSE} entries, to be made dense`,
      'Keep fewer features.',
    );
  }
  return toDense(value);
}

function flattened([rows = 0, ...rest]: readonly number[]): readonly [number, number] {
  return [rows, rest.reduce((product, size) => product * size, 1)];
}

function adviceFor(value: ArrayValue): string {
  if (value.kind === 'opaque' && value.advice !== undefined) return value.advice;
  if (value.kind === 'cell') return 'Use its items one by one.';
  if (value.kind !== 'struct') return 'Name another variable.';
  const [field = 'field'] = value.fields.keys();
  return `Name one of its fields, as in NAME.${field}.`;
}
