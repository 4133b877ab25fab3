import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { contrastNormalisation } from './contrast-normalisation.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('contrastNormalisation', () => {
  test.prop([fc.integer({ min: 0, max: 999 })], { numRuns: 20 })(
    'equals its formula cell by cell',
    (seed) => {
      tf.tidy(() => {
        const x = seededNormal([2, 3, 2, 4], randomSource(seed)) as tf.Tensor4D;
        const y = contrastNormalisation({ inputShape: [3, 2, 4] }).apply(x, { training: true });
        const cells = x.arraySync();
        const result = (y as tf.Tensor4D).arraySync();
        cells.forEach((image, i) => {
          const energies = image.flat().map((cell) => cell.reduce((sum, value) => sum + value ** 2, 0));
          const level = 0.5 * Math.sqrt(energies.reduce((sum, value) => sum + value, 0) / energies.length);
          image.flat().forEach((cell, p) => {
            const expected = cell.map((value) => value / (Math.sqrt(energies[p]!) + level));
            expected.forEach((value, c) => expect(result[i]!.flat()[p]![c]).toBeCloseTo(value, 4));
          });
        });
      });
    },
  );

  test.prop([fc.integer({ min: 0, max: 999 }), fc.constantFrom(0.1, 3, 40)], { numRuns: 20 })(
    'does not depend on the contrast of an image',
    (seed, factor) => {
      tf.tidy(() => {
        const x = seededNormal([1, 4, 4, 3], randomSource(seed));
        const layer = contrastNormalisation({ inputShape: [4, 4, 3] });
        const difference = tf.sub(
          layer.apply(x, { training: true }),
          layer.apply(tf.mul(x, factor), { training: true }),
        );
        expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-3);
      });
    },
  );

  test('a blank image has finite output and gradient', () => {
    const layer = contrastNormalisation({ inputShape: [2, 2, 3] });
    const gradient = tf.tidy(() =>
      tf.grad((x) => tf.sum(layer.apply(x, { training: true })))(tf.zeros([1, 2, 2, 3])),
    );
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    gradient.dispose();
  });

  test.prop([fc.integer({ min: 0, max: 999 })], { numRuns: 10 })(
    'its gradient equals finite differences',
    (seed) => {
      const layer = contrastNormalisation({ inputShape: [2, 3, 2] });
      const x = tf.variable(seededNormal([2, 2, 3, 2], randomSource(seed)));
      const weights = seededNormal([2, 2, 3, 2], randomSource(seed + 1));
      const value = () => tf.sum(tf.mul(layer.apply(x, { training: true }), weights)) as tf.Scalar;
      expect(gradientError(value, [x], seed, 1e-3)).toBeLessThan(1e-2);
      tf.dispose([x, weights]);
    },
  );
});
