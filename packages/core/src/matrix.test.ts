import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { csrMatrix, denseMatrix, fromRows, toCsr, toDense, type DenseMatrix } from './matrix.js';

const sparseRows = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );
const shapeError = expect.objectContaining({ code: 'shape' });

describe('dense matrices', () => {
  test.prop([sparseRows])('rows keep their values', (rows) => {
    const matrix = fromRows(rows);
    expect([matrix.rows, matrix.columns]).toEqual([rows.length, rows[0]?.length ?? 0]);
    rows.forEach((row, i) => {
      expect([...matrix.values.subarray(i * row.length, (i + 1) * row.length)]).toEqual(row);
    });
  });

  test('values are wrapped, not copied', () => {
    const values = Float32Array.of(1, 2);
    expect(denseMatrix(values, 1, 2).values).toBe(values);
  });

  test.prop([
    fc.integer({ min: -2, max: 5 }),
    fc.integer({ min: -2, max: 5 }),
    fc.integer({ min: 0, max: 30 }),
  ])('a length that is not rows x columns is refused', (rows, columns, length) => {
    const make = () => denseMatrix(new Float32Array(length), rows, columns);
    if (rows >= 0 && columns >= 0 && length === rows * columns) expect(make().rows).toBe(rows);
    else expect(make).toThrow(shapeError);
  });

  test('rows of unequal length are refused, with the row', () => {
    expect(() => fromRows([[1, 2], [3]])).toThrow(
      'fromRows: expected 2 values in every row, got 1 in row 1.',
    );
  });
});

describe('sparse matrices', () => {
  test.prop([sparseRows])('dense to sparse and back changes nothing', (rows) => {
    const dense = fromRows(rows);
    const sparse = toCsr(dense);
    expect(sparse.values.every((value) => value !== 0)).toBe(true);
    expect(
      csrMatrix(sparse.rows, sparse.columns, sparse.rowOffsets, sparse.columnIndices, sparse.values),
    ).toEqual(sparse);
    const back = toDense(sparse) as DenseMatrix<Float64Array>;
    // A sparse matrix does not keep the sign of a zero.
    expect(back).toEqual({ ...dense, values: dense.values.map((value) => value + 0) });
  });

  test('what is in the asked form already is returned as it is', () => {
    const dense = fromRows([[0, 1]]);
    const sparse = toCsr(dense);
    expect(toDense(dense)).toBe(dense);
    expect(toCsr(sparse)).toBe(sparse);
  });

  test('single precision stays single', () => {
    const sparse = toCsr(denseMatrix(Float32Array.of(0, 2), 1, 2));
    expect(sparse.values).toEqual(Float32Array.of(2));
    expect(toDense(sparse).values).toEqual(Float32Array.of(0, 2));
  });

  const values = Float64Array.of(1, 2);
  test.each([
    ['too few offsets', [0, 2], [0, 1]],
    ['offsets that do not start at 0', [1, 1, 2], [0, 1]],
    ['offsets that end elsewhere', [0, 1, 1], [0, 1]],
    ['falling offsets', [0, 3, 2], [0, 1]],
    ['a column beyond the last', [0, 1, 2], [0, 3]],
    ['a negative column', [0, 1, 2], [-1, 0]],
    ['columns that do not ascend', [0, 2, 2], [1, 0]],
    ['a column twice', [0, 2, 2], [1, 1]],
    ['too few columns', [0, 1, 2], [0]],
  ])('%s are refused', (_what, offsets, columns) => {
    expect(() => csrMatrix(2, 3, Int32Array.from(offsets), Int32Array.from(columns), values)).toThrow(
      shapeError,
    );
  });
});
