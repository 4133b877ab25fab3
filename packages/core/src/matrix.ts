import { CrossmodalError } from './errors.js';

/** Element storage of a real matrix. */
export type FloatArray = Float32Array | Float64Array;

/** A dense matrix, row-major, shape `[rows, columns]`. */
export interface DenseMatrix<T extends FloatArray = FloatArray> {
  readonly kind: 'dense';
  readonly rows: number;
  readonly columns: number;
  /** Row-major values, length `rows * columns`. */
  readonly values: T;
}

/** A sparse matrix in compressed sparse rows, shape `[rows, columns]`; column indices ascend inside each row. */
export interface CsrMatrix<T extends FloatArray = FloatArray> {
  readonly kind: 'csr';
  readonly rows: number;
  readonly columns: number;
  /** Start of each row in `columnIndices` and `values`, length `rows + 1`. */
  readonly rowOffsets: Int32Array;
  /** Column of each stored value. */
  readonly columnIndices: Int32Array;
  /** Stored values. */
  readonly values: T;
}

/** A dense or a sparse real matrix. */
export type Matrix = DenseMatrix | CsrMatrix;

/**
 * Wraps row-major values as a dense matrix of shape `[rows, columns]`, without a copy.
 *
 * @throws CrossmodalError `shape` when the length is not `rows * columns`.
 */
export function denseMatrix<T extends FloatArray>(values: T, rows: number, columns: number): DenseMatrix<T> {
  if (
    !Number.isInteger(rows) ||
    !Number.isInteger(columns) ||
    rows < 0 ||
    columns < 0 ||
    values.length !== rows * columns
  ) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'denseMatrix',
      expected: `${rows} x ${columns} = ${rows * columns} values`,
      received: `${values.length} values`,
    });
  }
  return { kind: 'dense', rows, columns, values };
}

/**
 * Builds a dense matrix `[rows, columns]` from nested rows.
 *
 * @throws CrossmodalError `shape` when the rows are not of equal length.
 */
export function fromRows(rows: readonly (readonly number[])[]): DenseMatrix<Float64Array> {
  const columns = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new CrossmodalError({
        code: 'shape',
        where: 'fromRows',
        expected: `${columns} values in every row`,
        received: `${row.length} in row ${i}`,
      });
    }
    values.set(row, i * columns);
  });
  return { kind: 'dense', rows: rows.length, columns, values };
}

/**
 * Wraps compressed sparse rows as a matrix, without a copy, after checking their structure.
 *
 * @throws CrossmodalError `shape` when offsets, indices and values do not fit together.
 */
export function csrMatrix<T extends FloatArray>(
  rows: number,
  columns: number,
  rowOffsets: Int32Array,
  columnIndices: Int32Array,
  values: T,
): CsrMatrix<T> {
  const refuse = (expected: string, received: string) => {
    throw new CrossmodalError({ code: 'shape', where: 'csrMatrix', expected, received });
  };
  if (rowOffsets.length !== rows + 1) refuse(`${rows + 1} row offsets`, `${rowOffsets.length}`);
  if (rowOffsets[0] !== 0) refuse('row offsets that start at 0', `${rowOffsets[0]}`);
  if (columnIndices.length !== values.length || rowOffsets[rows] !== values.length) {
    refuse(`${rowOffsets[rows]} column indices and values`, `${columnIndices.length} and ${values.length}`);
  }
  for (let i = 0; i < rows; i++) {
    const start = rowOffsets[i]!;
    const end = rowOffsets[i + 1]!;
    if (end < start) refuse('row offsets that do not decrease', `${start} then ${end} at row ${i}`);
    for (let p = start; p < end; p++) {
      const column = columnIndices[p]!;
      if (column < 0 || column >= columns) refuse(`columns in 0..${columns - 1}`, `${column} in row ${i}`);
      if (p > start && column <= columnIndices[p - 1]!)
        refuse('ascending columns in each row', `${column} in row ${i}`);
    }
  }
  return { kind: 'csr', rows, columns, rowOffsets, columnIndices, values };
}

/** Copies a matrix into dense form, shape `[rows, columns]`; a dense matrix is returned as it is. */
export function toDense(matrix: Matrix): DenseMatrix {
  if (matrix.kind === 'dense') return matrix;
  const { rows, columns, rowOffsets, columnIndices } = matrix;
  const values =
    matrix.values instanceof Float32Array
      ? new Float32Array(rows * columns)
      : new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
      values[i * columns + columnIndices[p]!] = matrix.values[p]!;
    }
  }
  return { kind: 'dense', rows, columns, values };
}

/** Copies a matrix into compressed sparse rows, dropping exact zeros; a sparse matrix is returned as it is. */
export function toCsr(matrix: Matrix): CsrMatrix {
  if (matrix.kind === 'csr') return matrix;
  const { rows, columns } = matrix;
  const rowOffsets = new Int32Array(rows + 1);
  let stored = 0;
  for (const value of matrix.values) if (value !== 0) stored++;
  const columnIndices = new Int32Array(stored);
  const values = matrix.values instanceof Float32Array ? new Float32Array(stored) : new Float64Array(stored);
  let p = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = matrix.values[i * columns + j]!;
      if (value === 0) continue;
      columnIndices[p] = j;
      values[p++] = value;
    }
    rowOffsets[i + 1] = p;
  }
  return { kind: 'csr', rows, columns, rowOffsets, columnIndices, values };
}
