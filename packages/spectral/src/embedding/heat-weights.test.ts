import { expect, test } from 'vitest';
import { heatWeights } from './heat-weights.js';

test('h_j = exp(-b (1 - w_j) / (1 - w_c))', () => {
  const weights = heatWeights(new Float64Array([1, 0.9, 0.8, 0.5, -0.2]), 3, 0.5);
  const expected = [0, 0.1, 0.2, 0.5, 1].map((gap) => Math.exp((-0.5 * gap) / 0.2));
  weights.forEach((weight, j) => expect(weight).toBeCloseTo(expected[j]!, 14));
});

test('a gap below a thousandth counts as a thousandth', () => {
  const weights = heatWeights(new Float64Array([1, 1, 0.998]), 2, 0.5);
  expect([...weights.slice(0, 2)]).toEqual([1, 1]);
  expect(weights[2]).toBeCloseTo(Math.exp(-1), 10);
});
