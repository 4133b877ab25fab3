import { toCsr, type DenseMatrix } from '@crossmodal/core';
import type { NumericArray } from '@crossmodal/io';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { reverseAxes } from './reverse-axes.js';

const array = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .map((shape): NumericArray => {
    const length = shape.reduce((product, size) => product * size, 1);
    return { kind: 'array', shape, values: Float64Array.from({ length }, (_, i) => i) };
  });

test.prop([array])('reversing twice gives the array back', (value) => {
  expect(reverseAxes(reverseAxes(value))).toEqual(value);
});

test.prop([array])('the value at an index is at the reversed index', (value) => {
  const reversed = reverseAxes(value) as NumericArray;
  expect(reversed.shape).toEqual([...value.shape].reverse());
  const at = ({ shape, values }: NumericArray, index: readonly number[]) =>
    values[index.reduce((position, i, axis) => position * shape[axis]! + i, 0)];
  const index = value.shape.map((size) => Math.floor(size / 2));
  expect(at(reversed, [...index].reverse())).toBe(at(value, index));
});

test('sparse matrices are transposed', () => {
  const dense: DenseMatrix = {
    kind: 'dense',
    rows: 2,
    columns: 3,
    values: Float64Array.of(1, 0, 2, 0, 3, 0),
  };
  expect(reverseAxes(toCsr(dense))).toEqual({
    kind: 'array',
    shape: [3, 2],
    values: Float64Array.of(1, 0, 0, 3, 2, 0),
  });
});
