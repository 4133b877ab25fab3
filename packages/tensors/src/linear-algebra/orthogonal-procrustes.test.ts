import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { orthogonalProcrustes, seededNormal, svd, tf } from '../index.js';

const side = fc.integer({ min: 1, max: 8 });
const seed = fc.nat(10_000);

const normal = (n: number, m: number, from: number) =>
  seededNormal([n, m], randomSource(from)) as tf.Tensor2D;
const rotation = (n: number, from: number) => svd(normal(n, n, from)).u;
const largest = (tensor: tf.Tensor) => tf.max(tf.abs(tensor)).dataSync()[0]!;

/** Runs in a tidy and checks that the body itself leaks nothing. */
function clean(body: () => void): void {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    body();
  });
  expect(tf.memory().numTensors).toBe(before);
}

test.prop([side, seed], { numRuns: 30 })('recovers a planted rotation (n, seed)', (n, from) => {
  clean(() => {
    const x = normal(4 * n, n, from);
    const planted = rotation(n, from + 1);
    const found = orthogonalProcrustes(tf.matMul(x, tf.matMul(x, planted), true));
    expect(largest(tf.sub(found, planted))).toBeLessThan(1e-4);
  });
});

test.prop([side, side, seed], { numRuns: 30 })(
  'has orthonormal rows, and no random rotation comes closer (a, b, seed)',
  (a, b, from) => {
    clean(() => {
      const x = normal(20, a, from);
      const y = normal(20, b, from + 1);
      const width = Math.max(a, b);
      const found = orthogonalProcrustes(tf.matMul(x, y, true));
      expect(found.shape).toEqual([a, width]);
      expect(largest(tf.sub(tf.matMul(found, found, false, true), tf.eye(a)))).toBeLessThan(1e-5);
      const padded = tf.pad(y, [
        [0, 0],
        [0, width - b],
      ]);
      const distance = (q: tf.Tensor2D) => tf.norm(tf.sub(tf.matMul(x, q), padded)).dataSync()[0]!;
      for (let draw = 2; draw < 12; draw++) {
        const other = tf.slice(rotation(width, from + draw), [0, 0], [a, width]);
        expect(distance(found)).toBeLessThan(distance(other) + 1e-4);
      }
    });
  },
);

test('of no product it is some rotation, and what is not finite or too large is refused', () => {
  clean(() => {
    const found = orthogonalProcrustes(tf.zeros([3, 2]));
    expect(largest(tf.sub(tf.matMul(found, found, true), tf.eye(3)))).toBeLessThan(1e-5);
    expect(() => orthogonalProcrustes(tf.tensor2d([[1, NaN]]))).toThrow(
      expect.objectContaining({ code: 'value' }),
    );
    expect(() => orthogonalProcrustes(tf.zeros([1, 1025]))).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });
});
