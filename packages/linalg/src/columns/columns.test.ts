import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomMatrix } from '../../tests/matrices.js';
import { columnDeviations } from './column-deviations.js';
import { columnMeans } from './column-means.js';
import { standardDeviation } from './standard-deviation.js';
import { subtractRow } from './subtract-row.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 6 }));
const seed = fc.nat(9999);
const offset = fc.constantFrom(0, -3, 1e9);

test.prop([sizes, seed, offset])(
  'columns minus their means have mean 0 and the same deviations (n, d, seed, offset)',
  ([n, d], from, shift) => {
    const matrix = randomMatrix(n, d, randomSource(from));
    const shifted = subtractRow(matrix, new Float64Array(d).fill(-shift));
    const centred = subtractRow(shifted, columnMeans(shifted));
    // The entries themselves are rounded to 1e-16 of the offset.
    const rounding = 1e-14 + 1e-15 * Math.abs(shift);
    for (const mean of columnMeans(centred)) expect(Math.abs(mean)).toBeLessThan(rounding);
    const deviations = columnDeviations(matrix);
    columnDeviations(shifted).forEach((value, j) =>
      expect(Math.abs(value - deviations[j]!)).toBeLessThan(10 * rounding),
    );
  },
);

test.prop([sizes, seed])(
  'only the given rows count, after they are prepared (n, d, seed)',
  ([n, d], from) => {
    const matrix = randomMatrix(n, d, randomSource(from));
    const rows = Int32Array.from({ length: Math.ceil(n / 2) }, (_, k) => 2 * k);
    const few = denseMatrix(
      Float64Array.from(
        { length: rows.length * d },
        (_, p) => matrix.values[2 * Math.floor(p / d) * d + (p % d)]!,
      ),
      rows.length,
      d,
    );
    expect(columnMeans(matrix, { rows })).toEqual(columnMeans(few));
    expect(columnDeviations(matrix, { rows })).toEqual(columnDeviations(few));
    const before = matrix.values.slice();
    const doubled = columnMeans(matrix, { prepare: (row) => row.forEach((x, j) => (row[j] = 2 * x)) });
    columnMeans(matrix).forEach((mean, j) => expect(doubled[j]).toBeCloseTo(2 * mean, 12));
    expect(matrix.values).toEqual(before);
  },
);

test.each([1e-200, 1, 1e200])('deviations of numbers near %s neither overflow nor vanish', (scale) => {
  const [deviation] = columnDeviations(denseMatrix(Float64Array.of(scale, 3 * scale), 2, 1));
  expect(deviation! / scale).toBeCloseTo(1, 12);
});

test.prop([fc.integer({ min: 1, max: 50 }), seed])(
  'the deviation of all values is that of one column of them (n, seed)',
  (n, from) => {
    const matrix = randomMatrix(n, 1, randomSource(from));
    expect(standardDeviation(matrix.values)).toBeCloseTo(columnDeviations(matrix)[0]!, 7);
    expect(standardDeviation(new Float64Array(n).fill(0.1))).toBeLessThan(1e-8);
  },
);

test('a row of another length is refused', () => {
  const matrix = denseMatrix(new Float64Array(6), 2, 3);
  expect(() => subtractRow(matrix, [1, 2])).toThrow(expect.objectContaining({ code: 'shape' }));
});
