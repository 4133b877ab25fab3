import { denseMatrix } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { unitMeanSquare } from './unit-mean-square.js';

test('the mean square of present rows becomes 1; zeros stay zeros', () => {
  const x = denseMatrix(Float64Array.of(3, 1, 0, 0, 2, 5), 3, 2);
  expect(unitMeanSquare(x) ** 2 * (39 / 6)).toBeCloseTo(1, 12);
  expect(unitMeanSquare(x, { present: Uint8Array.of(1, 0, 1) }) ** 2 * (39 / 4)).toBeCloseTo(1, 12);
  expect(unitMeanSquare(denseMatrix(new Float64Array(4), 2, 2))).toBe(1);
});
