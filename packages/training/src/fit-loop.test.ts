import { isCrossmodalError, isDivergedError } from '@crossmodal/core';
import { compile, tf, type CompiledStep } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { weights } from '../tests/least-squares.js';
import { fullBatch } from './batches/full-batch.js';
import { checkpoints } from './checkpoints.js';
import { fitLoop } from './fit-loop.js';
import { sgd } from './optimisers/sgd.js';
import { trainFullBatch } from './train-full-batch.js';
import { trainingStep } from './training-step.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

describe('divergence', () => {
  test.each([1, 3])(
    'names the term and the step, and puts the last good state back (copies every %s steps)',
    async (every) => {
      const model = weights([1]);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: sgd() }],
        // log(w) is NaN once w falls below 0: w is 1, 0.7, 0.4, 0.1, -0.2, so step 4 is the first bad one.
        objective: () => {
          const log = tf.sum(tf.log(model.w)) as tf.Scalar;
          return { total: tf.add(tf.sum(model.w), tf.mul(log, 0)) as tf.Scalar, values: { log } };
        },
      });
      const failure = trainFullBatch({
        training,
        inputs: {},
        steps: 9,
        schedule: 0.3,
        checkpoint: { modules: [model, training], every },
      });
      await expect(failure).rejects.toThrowError(
        /train, step 4: expected a finite value of loss term 'log', got NaN/,
      );
      await failure.catch((error: unknown) => {
        expect(isDivergedError(error) && error.lastGood).toEqual({ phase: 'train', step: 3 });
        expect((error as Error).message).toContain('The state before train, step 3 was put back.');
      });
      expect(model.w.dataSync()[0]).toBeCloseTo(0.1, 5);
      training.dispose();
      model.dispose();
    },
  );

  test('weights that the last step spoilt are found, though no loss has seen them', async () => {
    const model = weights([1]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => ({ total: tf.sum(tf.exp(model.w)) as tf.Scalar, values: {} }),
    });
    const failure = trainFullBatch({ training, inputs: {}, steps: 1, schedule: 3e38 });
    await expect(failure).rejects.toThrowError(
      /step 0: expected finite weights after the last step, got -Inf/,
    );
    expect(model.w.dataSync()[0]).toBe(1);
    training.dispose();
    model.dispose();
  });

  test('a stage goes back to the stage before, and names the step of the whole', async () => {
    const model = weights([1]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => {
        const log = tf.sum(tf.log(model.w)) as tf.Scalar;
        return { total: tf.add(tf.sum(model.w), tf.mul(log, 0)) as tf.Scalar, values: { log } };
      },
    });
    const step = compile(training.step);
    const checkpoint = checkpoints({ modules: training.restorable, every: 2 });
    const steps: number[] = [];
    const run = (first: number, rate: number) =>
      fitLoop({
        step,
        batches: fullBatch({}),
        steps: 2,
        schedule: (t) => rate * (t === 3 ? 2 : 1),
        stage: { first, total: 4 },
        checkpoint,
        onProgress: ({ step, steps: total }) => steps.push(step, total),
      });
    expect((await run(0, 0.3)).history.map((entry) => entry.step)).toEqual([0, 1]);
    // 1, 0.7, 0.4, then below 0 after step 2: step 3 is the first bad one.
    await expect(run(2, 0.5)).rejects.toThrowError(/step 3: .*'log'.*The state before train, step 2 was/);
    expect(model.w.dataSync()[0]).toBeCloseTo(0.4, 5);
    expect(steps).toEqual([1, 4, 2, 4, 3, 4]);
    step.dispose();
    training.dispose();
    model.dispose();
  });

  test('a term is named before the total', async () => {
    const values = { total: new Float32Array([NaN]), part: new Float32Array([Infinity]) };
    const step: CompiledStep = { run: () => Promise.resolve(values), dispose() {} };
    const failure = fitLoop({ step, batches: fullBatch({}), steps: 1, schedule: 1 });
    await expect(failure).rejects.toThrowError(/'part', got Infinity/);
  });

  test('without checkpoints the error says so by silence', async () => {
    const step: CompiledStep = {
      run: () => Promise.resolve({ total: new Float32Array([Infinity]) }),
      dispose() {},
    };
    const failure = fitLoop({ step, batches: fullBatch({}), steps: 1, schedule: 1 });
    await expect(failure).rejects.toThrowError(
      /'total', got Infinity\. Lower the learning rate, or scale the data\.$/,
    );
    await expect(failure).rejects.toMatchObject({ code: 'diverged', lastGood: undefined });
  });
});

describe('abort', () => {
  const idle: CompiledStep = { run: () => Promise.resolve({ total: new Float32Array([1]) }), dispose() {} };

  test('a signal from a timer is seen between steps', async () => {
    const controller = new AbortController();
    let done = 0;
    setTimeout(() => controller.abort(), 0);
    const run = fitLoop({
      step: idle,
      batches: fullBatch({}),
      steps: 1e7,
      schedule: 1,
      signal: controller.signal,
      onProgress: () => done++,
    });
    await expect(run).rejects.toSatisfy((error) => isCrossmodalError(error, 'aborted'));
    expect(done).toBeLessThan(1e7);
  });

  test('a signal that fired before the first step, or at the last one, ends the run too', async () => {
    const batches = fullBatch({});
    const signal = AbortSignal.abort();
    await expect(fitLoop({ step: idle, batches, steps: 5, schedule: 1, signal })).rejects.toThrowError(
      /abort signal/,
    );
    const controller = new AbortController();
    const last = fitLoop({
      step: idle,
      batches,
      steps: 1,
      schedule: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(last).rejects.toThrowError(/abort signal/);
  });

  test('a step that fails frees its batch', async () => {
    const step: CompiledStep = { run: () => Promise.reject(new Error('broken')), dispose() {} };
    let freed = 0;
    const batches = { batch: () => ({ inputs: {}, dispose: () => void freed++ }) };
    await expect(fitLoop({ step, batches, steps: 5, schedule: 1 })).rejects.toThrowError('broken');
    expect(freed).toBe(1);
  });
});
