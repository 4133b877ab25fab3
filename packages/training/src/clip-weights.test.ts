import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend, type Module } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, expect } from 'vitest';
import { clipWeights } from './clip-weights.js';
import { rmsprop } from './optimisers/rmsprop.js';
import { trainingStep } from './training-step.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

function moduleOf(seed: number): Module {
  const made = tf.tidy(() => [
    tf.variable(seededNormal([3, 2], randomSource(seed))),
    tf.variable(seededNormal([2], randomSource(seed + 1))),
  ]);
  return { trainable: made, variables: made, dispose: () => tf.dispose(made) };
}

test.prop([fc.double({ min: 1e-3, max: 3, noNaN: true }), fc.nat(999)], { numRuns: 30 })(
  'values inside stay, values outside go to the bound, and nothing leaks (limit, seed)',
  (limit, seed) => {
    const before = tf.memory().numTensors;
    const modules = [moduleOf(seed), moduleOf(seed + 7)];
    const all = modules.flatMap(({ trainable }) => trainable);
    const old = all.map((variable) => Array.from(variable.dataSync()));
    clipWeights(modules, limit);
    const bound = Math.fround(limit);
    all.forEach((variable, i) => {
      expect(Array.from(variable.dataSync())).toEqual(
        old[i]!.map((x) => Math.max(-bound, Math.min(bound, x))),
      );
    });
    for (const module of modules) module.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test.each(['cpu', 'onnx'] as const)(
  'after each compiled update on %s the weights are inside, and at the bound where the gradient pushes them',
  async (backend) => {
    await useBackend(backend);
    const critic = moduleOf(3);
    const training = trainingStep({
      groups: [{ modules: [critic], optimiser: rmsprop() }],
      objective: () => {
        const total = tf.addN(critic.trainable.map((variable) => tf.sum(variable))) as tf.Scalar;
        return { total, values: {} };
      },
      afterUpdate: () => clipWeights([critic], 0.05),
    });
    const step = compile(training.step);
    const rate = tf.scalar(1);
    for (let t = 0; t < 3; t++) {
      await step.run({ learningRate: rate });
      const values = critic.trainable.flatMap((variable) => Array.from(variable.dataSync()));
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
    }
    // The gradient is 1 everywhere, and each step of RMSprop is 1 or longer.
    const values = critic.trainable.flatMap((variable) => Array.from(variable.dataSync()));
    expect(values.every((value) => value === Math.fround(-0.05))).toBe(true);
    step.dispose();
    training.dispose();
    critic.dispose();
    rate.dispose();
  },
);

test.each([0, -1, Number.NaN, Infinity])('a limit of %d is refused', (limit) => {
  expect(() => clipWeights([], limit)).toThrow(expect.objectContaining({ code: 'option' }));
});
