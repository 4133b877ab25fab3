import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { adam } from './adam.js';
import type { Optimiser } from './optimiser.js';
import { rmsprop } from './rmsprop.js';
import { sgd } from './sgd.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySeed = fc.integer({ min: 0, max: 9999 });
const rate = 0.05;

/** Where a variable goes under the same gradients, `2 w` plus noise, by our rule and by another. */
function follow(ours: Optimiser, theirs: tf.Optimizer, steps: number, seed: number): number {
  return tf.tidy(() => {
    const start = seededNormal([3, 2], randomSource(seed));
    const a = tf.variable(start);
    const b = tf.variable(start);
    const state = ours.init([a]);
    const noise = randomSource(seed + 1);
    for (let t = 0; t < steps; t++) {
      const shift = seededNormal([3, 2], noise);
      const learningRate = tf.scalar(rate);
      state.update([tf.add(tf.mul(a, 2), shift)], learningRate);
      theirs.applyGradients({ [b.name]: tf.add(tf.mul(b, 2), shift) });
    }
    const difference = tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
    state.dispose();
    theirs.dispose();
    tf.dispose([a, b]);
    return difference;
  });
}

describe('optimisers', () => {
  test.prop([anySeed, fc.constantFrom(0.9, 0.95, 0.5), fc.constantFrom(0.999, 0.9)], { numRuns: 10 })(
    'adam goes where tf.train.adam goes',
    (seed, beta1, beta2) => {
      const theirs = tf.train.adam(rate, beta1, beta2, 1e-8);
      // 1 - 0.999^t in float32 has a relative error of 1e-4 in the first steps, in both.
      expect(follow(adam({ beta1, beta2 }), theirs, 12, seed)).toBeLessThan(2e-4);
    },
  );

  test.prop([anySeed], { numRuns: 10 })('sgd goes where tf.train.sgd goes', (seed) => {
    expect(follow(sgd(), tf.train.sgd(rate), 12, seed)).toBeLessThan(1e-6);
  });

  test.prop([anySeed], { numRuns: 10 })('sgd with momentum goes where tf.train.momentum goes', (seed) => {
    expect(follow(sgd({ momentum: 0.8 }), tf.train.momentum(rate, 0.8), 12, seed)).toBeLessThan(1e-5);
  });

  test('rmsprop follows its formula', () => {
    tf.tidy(() => {
      const w = tf.variable(tf.scalar(1));
      const state = rmsprop({ decay: 0.9, epsilon: 0.01 }).init([w]);
      let expected = 1;
      let square = 0;
      for (const gradient of [3, -1, 0.5]) {
        state.update([tf.scalar(gradient)], tf.scalar(rate));
        square = 0.9 * square + 0.1 * gradient ** 2;
        expected -= (rate * gradient) / (Math.sqrt(square) + 0.01);
        expect(w.dataSync()[0]).toBeCloseTo(expected, 5);
      }
      state.dispose();
      w.dispose();
    });
  });

  test.each([adam(), sgd(), sgd({ momentum: 0.5 }), rmsprop()])(
    '$name leaks nothing, and stays without gradients',
    (optimiser) => {
      const before = tf.memory().numTensors;
      const w = tf.tidy(() => tf.variable(tf.ones([3])));
      const state = optimiser.init([w]);
      const gradient = tf.zeros([3]);
      const learningRate = tf.scalar(1);
      const held = tf.memory().numTensors;
      state.update([gradient], learningRate);
      expect(tf.memory().numTensors).toBe(held);
      expect([...w.dataSync()]).toEqual([1, 1, 1]);
      state.dispose();
      state.dispose();
      tf.dispose([w, gradient, learningRate]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.each([
    () => adam({ beta1: 1 }),
    () => adam({ beta2: -0.1 }),
    () => adam({ epsilon: Number.NaN }),
    () => sgd({ momentum: 1 }),
    () => rmsprop({ decay: 2 }),
    () => rmsprop({ epsilon: -1 }),
  ])('refuses settings out of range: %s', (make) => {
    expect(make).toThrowError(/expected a number in \[0, 1\)/);
  });
});
