import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { leastSquares, weights, withTensors, y } from '../tests/least-squares.js';
import { clipByGlobalNorm } from './clip-by-global-norm.js';
import { adam } from './optimisers/adam.js';
import { sgd } from './optimisers/sgd.js';
import { trainFullBatch } from './train-full-batch.js';
import { trainingStep, type TrainingStepOptions } from './training-step.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

describe('trainingStep', () => {
  test('is one gradient step, with terms unweighted', async () => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: leastSquares(model.w),
    });
    await withTensors(async (inputs) => {
      const learningRate = tf.scalar(0.1);
      const step = compile(training.step);
      const outputs = await step.run({ ...inputs, learningRate });
      const fit = y.values.reduce((sum, value) => sum + value * value, 0);
      expect(outputs['fit']![0]).toBe(fit);
      expect(outputs['size']![0]).toBe(0);
      expect(outputs['total']![0]).toBe(fit / 2);
      // gradient = -X^T y = -[11, 18] at w = 0
      expect(model.w.dataSync()[0]).toBeCloseTo(1.1, 5);
      expect(model.w.dataSync()[1]).toBeCloseTo(1.8, 5);
      step.dispose();
      learningRate.dispose();
    });
    training.dispose();
    model.dispose();
  });

  test('groups have rates of their own, and modules left out stay', async () => {
    const [a, b, c] = [weights([1]), weights([1]), weights([1])];
    const training = trainingStep({
      groups: [
        { modules: [a], optimiser: sgd() },
        { modules: [b], optimiser: sgd(), rate: 'slow' },
      ],
      objective: () => ({ total: tf.sum(tf.add(tf.add(a.w, b.w), c.w)) as tf.Scalar, values: {} }),
    });
    const result = await trainFullBatch({
      training,
      inputs: {},
      steps: 2,
      schedule: 0.25,
      rates: { slow: (t) => (t === 0 ? 0.5 : 0) },
    });
    expect(result.history.map(({ losses }) => losses['total'])).toEqual([3, 2.25]);
    expect([a, b, c].map(({ w }) => w.dataSync()[0])).toEqual([0.5, 0.5, 1]);
    for (const module of [training, a, b, c]) module.dispose();
  });

  test('clips by the global norm, and runs what follows the update', async () => {
    const model = weights([3, 4]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => ({ total: tf.mul(tf.sum(tf.square(model.w)), 0.5) as tf.Scalar, values: {} }),
      clipNorm: 1,
      afterUpdate: () => {
        model.w.assign(tf.clipByValue(model.w, 0, 3));
      },
    });
    await trainFullBatch({ training, inputs: {}, steps: 1, schedule: 1 });
    expect(model.w.dataSync()[0]).toBeCloseTo(2.4, 6);
    expect(model.w.dataSync()[1]).toBeCloseTo(3, 6);
    training.dispose();
    model.dispose();
  });

  test('refuses a variable that the objective does not reach, and a missing rate', async () => {
    const [a, b] = [weights([1]), weights([1])];
    const objective = () => ({ total: tf.sum(a.w) as tf.Scalar, values: { part: tf.scalar(1) } });
    const training = trainingStep({ groups: [{ modules: [a, b], optimiser: adam() }], objective });
    await expect(trainFullBatch({ training, inputs: {}, steps: 1, schedule: 1 })).rejects.toThrowError(
      /depends on every trained variable/,
    );
    expect(() => training.step({})).toThrowError(/a scalar input 'learningRate'/);
    for (const module of [training, a, b]) module.dispose();
  });

  test('refuses an objective that reaches no variable at all', () => {
    const model = weights([1]);
    const objective = () => ({ total: tf.scalar(0), values: { part: tf.sum(model.w) as tf.Scalar } });
    const training = trainingStep({ groups: [{ modules: [model], optimiser: sgd() }], objective });
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      expect(() => training.step({ learningRate: tf.scalar(1) })).toThrowError(
        expect.objectContaining({ code: 'state' }),
      );
    });
    expect(tf.memory().numTensors).toBe(before);
    for (const module of [training, model]) module.dispose();
  });

  test('refuses groups that make no sense', () => {
    const model = weights([1]);
    const objective: TrainingStepOptions['objective'] = () => ({ total: tf.scalar(0), values: {} });
    const group = { modules: [model], optimiser: sgd() };
    expect(() => trainingStep({ groups: [], objective })).toThrowError(/one trainable variable/);
    expect(() => trainingStep({ groups: [group, group], objective })).toThrowError(
      /every variable in one group/,
    );
    expect(() => trainingStep({ groups: [group], objective, clipNorm: 0 })).toThrowError(/a number above 0/);
    model.dispose();
  });
});

describe('clipByGlobalNorm', () => {
  test.prop([fc.integer({ min: 0, max: 999 }), fc.double({ min: 0.01, max: 20, noNaN: true })], {
    numRuns: 30,
  })('bounds the norm and keeps the direction; shorter ones stay', (seed, norm) => {
    tf.tidy(() => {
      const random = randomSource(seed);
      const before = [seededNormal([3], random), seededNormal([2, 2], random)];
      const after = clipByGlobalNorm(before, norm);
      const flat = (list: tf.Tensor[]) => list.flatMap((tensor) => [...tensor.dataSync()]);
      const length = Math.hypot(...flat(before));
      const scale = Math.min(1, norm / length);
      flat(after).forEach((value, i) => expect(value).toBeCloseTo(flat(before)[i]! * scale, 4));
    });
  });

  test('zeros stay zeros', () => {
    tf.tidy(() => {
      expect([...clipByGlobalNorm([tf.zeros([2])], 1)[0]!.dataSync()]).toEqual([0, 0]);
    });
  });
});
