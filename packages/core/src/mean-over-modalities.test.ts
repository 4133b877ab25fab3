import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { denseMatrix, fromRows } from './matrix.js';
import { meanOverModalities } from './mean-over-modalities.js';

const column = (...values: number[]) => denseMatrix(Float32Array.from(values), values.length, 1);

test('weighs those that are present', () => {
  const first = { rows: column(1, 2, 3), weight: 0.25, present: Uint8Array.of(1, 0, 0) };
  const second = { rows: column(5, 6, 7), weight: 0.75, present: Uint8Array.of(1, 1, 0) };
  expect([...meanOverModalities([first, second]).values]).toEqual([4, 6, 0]);
});

test.prop([
  fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 1, maxLength: 4 }),
  fc.double({ min: -5, max: 5, noNaN: true }),
])('what all modalities agree on stays, whatever the weights (weights, value)', (weights, value) => {
  const mean = meanOverModalities(weights.map((weight) => ({ rows: column(value, value), weight })));
  // Sums of 4-byte numbers up to 5.
  for (const found of mean.values) expect(found).toBeCloseTo(value, 5);
});

test('rows that are absent, and modalities of no weight, may hold anything', () => {
  const odd = { rows: column(NaN, NaN), weight: 0 };
  const absent = { rows: column(1, NaN), weight: 1, present: Uint8Array.of(1, 0) };
  expect([...meanOverModalities([odd, absent, { rows: column(3, 3), weight: 1 }]).values]).toEqual([2, 3]);
});

test.each([
  ['no modality', []],
  [
    'another width',
    [
      { rows: column(1), weight: 1 },
      { rows: fromRows([[1, 2]]), weight: 1 },
    ],
  ],
  ['too few flags', [{ rows: column(1, 2), weight: 1, present: Uint8Array.of(1) }]],
])('%s is refused', (_, modalities) => {
  expect(() => meanOverModalities(modalities)).toThrow(expect.objectContaining({ code: 'shape' }));
});
