import { randomSource, type ProgressEvent } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { leastSquares, weights, withTensors, x, y } from '../tests/least-squares.js';
import { plateau } from './convergence/plateau.js';
import { adam } from './optimisers/adam.js';
import { sgd } from './optimisers/sgd.js';
import { cosine } from './schedules/cosine.js';
import { trainFullBatch } from './train-full-batch.js';
import { trainMinibatches } from './train-minibatches.js';
import { trainingStep } from './training-step.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

describe('trainFullBatch', () => {
  test('solves least squares; the history has every step by name', async () => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: adam() }],
      objective: leastSquares(model.w),
    });
    const events: ProgressEvent[] = [];
    const result = await withTensors((inputs) =>
      trainFullBatch({
        training,
        inputs,
        steps: 200,
        schedule: cosine({ rate: 0.2, steps: 200 }),
        phase: 'pretrain',
        onProgress: (event) => events.push(event),
      }),
    );
    expect(model.w.dataSync()[0]).toBeCloseTo(1, 3);
    expect(model.w.dataSync()[1]).toBeCloseTo(2, 3);
    expect(result).toMatchObject({ steps: 200, converged: false });
    expect(result.history.map(({ step }) => step)).toEqual(Array.from({ length: 200 }, (_, t) => t));
    expect(Object.keys(result.history[0]!.losses).sort()).toEqual(['fit', 'size', 'total']);
    expect(events.at(-1)).toMatchObject({ phase: 'pretrain', step: 200, steps: 200 });
    expect(events).toHaveLength(200);
    training.dispose();
    model.dispose();
  });

  test('twice the steps: the same decision to stop, and the same result', async () => {
    const run = async (steps: number) => {
      const model = weights([0, 0]);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: sgd() }],
        objective: leastSquares(model.w),
      });
      const convergence = plateau({ window: 2, patience: 2, tolerance: 0.5 });
      const result = await withTensors((inputs) =>
        trainFullBatch({ training, inputs, steps, schedule: 0.01, convergence }),
      );
      const end = [...model.w.dataSync()];
      training.dispose();
      model.dispose();
      return { ...result, end };
    };
    const [once, twice] = [await run(100), await run(200)];
    expect(once.converged).toBe(true);
    expect(once.steps).toBeLessThan(100);
    expect(twice).toEqual(once);
  });

  test('no steps: nothing happens', async () => {
    const model = weights([5]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => ({ total: tf.sum(model.w) as tf.Scalar, values: {} }),
    });
    expect(await trainFullBatch({ training, inputs: {}, steps: 0, schedule: 1 })).toEqual({
      history: [],
      steps: 0,
      converged: false,
    });
    await expect(trainFullBatch({ training, inputs: {}, steps: -1, schedule: 1 })).rejects.toThrowError(
      /at least 0/,
    );
    training.dispose();
    model.dispose();
  });

  test('the order of the rows does not matter', async () => {
    const run = async (order: readonly number[]) => {
      const model = weights([0.5, -1]);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: adam() }],
        objective: leastSquares(model.w),
      });
      const { history } = await withTensors(async (inputs) => {
        const rows = tf.tensor1d([...order], 'int32');
        const permuted = { x: tf.gather(inputs['x']!, rows), y: tf.gather(inputs['y']!, rows) };
        try {
          return await trainFullBatch({ training, inputs: permuted, steps: 20, schedule: 0.1 });
        } finally {
          tf.dispose([rows, permuted]);
        }
      });
      training.dispose();
      model.dispose();
      return history.map(({ losses }) => losses['total']!);
    };
    const once = await run([0, 1, 2, 3, 4, 5]);
    const permuted = await run([4, 2, 0, 5, 1, 3]);
    // Sums in another order differ by float32 rounding.
    permuted.forEach((value, i) =>
      expect(Math.abs(value - once[i]!)).toBeLessThan(1e-4 * Math.max(1, once[i]!)),
    );
  });
});

describe('trainMinibatches', () => {
  const run = async (seed: number, epochs = 3) => {
    const model = weights([0, 0]);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: leastSquares(model.w),
    });
    const result = await trainMinibatches({
      training,
      data: { x, y },
      batchSize: 4,
      epochs,
      schedule: 0.1,
      random: randomSource(seed),
    });
    const end = [...model.w.dataSync()];
    training.dispose();
    model.dispose();
    return { ...result, end };
  };

  test('is decided by the seed', async () => {
    expect(await run(1)).toEqual(await run(1));
    expect((await run(1)).end).not.toEqual((await run(2)).end);
  });

  test('counts steps over epochs, and converges', async () => {
    const { steps, end } = await run(1, 60);
    expect(steps).toBe(120);
    expect(end[0]).toBeCloseTo(1, 3);
    expect(end[1]).toBeCloseTo(2, 3);
  });

  test('players take turns, each with its own batches, and a bad number of turns is refused', async () => {
    const [first, second] = [weights([0, 0]), weights([0, 0])];
    const player = (model: ReturnType<typeof weights>) =>
      trainingStep({ groups: [{ modules: [model], optimiser: sgd() }], objective: leastSquares(model.w) });
    const players = [player(first), player(second)] as const;
    const train = (times: number) =>
      trainMinibatches({
        training: [{ training: players[0] }, { training: players[1], times }],
        data: { x, y },
        batchSize: 3,
        epochs: 3,
        schedule: 0,
        random: randomSource(1),
      });
    const { history, steps } = await train(2);
    expect(steps).toBe(6);
    // With a rate of zero losses depend on the batch alone, and an epoch has two.
    expect(history).toHaveLength(6);
    await expect(train(0)).rejects.toMatchObject({ code: 'option', where: 'alternate' });
    tf.tidy(() => first.w.assign(tf.tensor1d([1, 2])));
    const after = (await train(2)).history.map(({ losses }) => losses['total']!);
    for (const [t, loss] of after.entries())
      if (t % 3 === 0) expect(loss).toBeLessThan(1e-9);
      else expect(loss).toBeGreaterThan(0.1);
    for (const module of [...players, first, second]) module.dispose();
  });
});
