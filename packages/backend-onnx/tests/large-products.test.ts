import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { randomSource } from '@crossmodal/core';
import { useOnnx } from './support/backends.js';

beforeAll(useOnnx);

const [rows, inner, columns] = [800, 520, 700];

/** A matrix of normal draws. */
function draw(n: number, d: number, seed: number): tf.Tensor2D {
  const random = randomSource(seed);
  return tf.tensor2d(
    Float32Array.from({ length: n * d }, () => random.normal()),
    [n, d],
  );
}

test.each([1, 2])(
  'a product that all cores share is that of its parts, which one computes, to the last bit (seed %d)',
  (seed) => {
    const values = tf.tidy(() => {
      const [a, b] = [draw(rows, inner, seed), draw(columns, inner, seed + 10)];
      // 2^28 multiplications and more in one, fewer in each half.
      expect(rows * inner * columns).toBeGreaterThan(2 ** 28);
      const halves = [0, rows / 2].map((start) => tf.matMul(a.slice(start, rows / 2), b, false, true));
      return [tf.matMul(a, b, false, true), tf.concat(halves)].map((product) => product.dataSync());
    });
    expect(values[0]).toEqual(values[1]);
  },
);
