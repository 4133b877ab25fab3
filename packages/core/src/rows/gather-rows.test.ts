import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { denseMatrix } from '../matrix.js';
import { evenlySpaced } from './evenly-spaced.js';
import { gatherRows } from './gather-rows.js';

const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }));

test.prop([sizes])(
  'evenly spaced places ascend from 0, as many as wanted or all, their gaps differ by 1 at most (n, most)',
  ([n, most]) => {
    const places = [...evenlySpaced(n, most)];
    expect(places).toHaveLength(Math.min(n, most));
    expect(places[0]).toBe(0);
    const gaps = places.map((place, i) => (places[i + 1] ?? n) - place);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
  },
);

test('of no place there is none', () => {
  expect([...evenlySpaced(0, 5)]).toEqual([]);
});

test.prop([sizes, fc.constantFrom(Float32Array, Float64Array)])(
  'rows come in the order of their numbers, in the same precision (n, columns)',
  ([n, d], Values) => {
    const matrix = denseMatrix(new Values([...new Array(n * d).keys()]), n, d);
    const indices = [n - 1, 0, n - 1];
    const gathered = gatherRows(matrix, indices);
    expect(gathered.values).toBeInstanceOf(Values);
    expect([gathered.rows, gathered.columns]).toEqual([3, d]);
    gathered.values.forEach((value: number, p: number) =>
      expect(value).toBe(indices[Math.floor(p / d)]! * d + (p % d)),
    );
  },
);

test('numbers of no row are refused', () => {
  const matrix = denseMatrix(Float64Array.of(1, 2, 3), 3, 1);
  for (const index of [-1, 3, 0.5, NaN])
    expect(() => gatherRows(matrix, [0, index])).toThrow(expect.objectContaining({ code: 'value' }));
});
