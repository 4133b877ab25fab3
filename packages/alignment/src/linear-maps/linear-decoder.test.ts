import { fromRows } from '@crossmodal/core';
import { matrixProduct } from '@crossmodal/linalg';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { furthest, normal } from '../../tests/points.js';
import { applyLinearMap } from './apply-linear-map.js';
import { linearDecoder } from './linear-decoder.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('the linear decoder is the ridge regression of features on latents (seed 3)', () => {
  const [z, weights] = [normal(50, 3, 3), normal(3, 4, 4)];
  const { weights: found, offsets } = linearDecoder(z, matrixProduct(z, weights));
  // The ridge of a thousandth shrinks each of them by about as much.
  expect(furthest(found, weights)).toBeLessThan(1e-2);
  expect([...offsets]).toEqual([0, 0, 0, 0]);
});

test.prop([fc.double({ min: 0.01, max: 10, noNaN: true }), fc.nat(99)], { numRuns: 20 })(
  'with one latent it has the closed form z^T X / (z^T z + ridge n) (ridge, seed)',
  (ridge, seed) => {
    const [z, x] = [normal(9, 1, seed), normal(9, 2, seed + 1)];
    const { weights } = linearDecoder(z, x, { ridge });
    const square = z.values.reduce((sum, value) => sum + value * value, 0);
    const expected = [0, 1].map((j) => {
      const dot = z.values.reduce((sum, value, i) => sum + value * x.values[2 * i + j]!, 0);
      return dot / (square + 9 * ridge);
    });
    expect(furthest(weights, fromRows([expected]))).toBeLessThan(1e-4);
  },
);

test('a linear map is applied to each row, and other columns are refused', () => {
  const map = {
    weights: fromRows([
      [1, 0, 2],
      [0, 1, 3],
    ]),
    offsets: Float64Array.of(1, 2, 3),
  };
  expect([
    ...applyLinearMap(
      fromRows([
        [1, 1],
        [0, 2],
      ]),
      map,
    ).values,
  ]).toEqual([2, 3, 8, 1, 4, 9]);
  const shape: unknown = expect.objectContaining({ code: 'shape' });
  expect(() => applyLinearMap(fromRows([[1]]), map)).toThrow(shape);
  expect(() => linearDecoder(normal(3, 1, 0), normal(4, 1, 0))).toThrow(shape);
  expect(() => linearDecoder(normal(3, 1, 0), normal(3, 1, 0), { ridge: 0 })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});
