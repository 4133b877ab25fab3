import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend, type Module, type TensorRecord } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { alternate } from './alternate.js';
import { fullBatch } from './batches/full-batch.js';
import { captureState } from '@crossmodal/tensors';
import { fitLoop } from './fit-loop.js';
import { adam } from './optimisers/adam.js';
import type { Optimiser } from './optimisers/optimiser.js';
import { rmsprop } from './optimisers/rmsprop.js';
import { sgd } from './optimisers/sgd.js';
import { restoreState } from '@crossmodal/tensors';
import { cosine } from './schedules/cosine.js';
import { trainFullBatch } from './train-full-batch.js';
import { trainMinibatches } from './train-minibatches.js';
import { trainingStep } from './training-step.js';

const backends = ['cpu', 'onnx'] as const;
const optimisers: readonly Optimiser[] = [adam(), sgd(), sgd({ momentum: 0.7 }), rmsprop()];

const x = { shape: [7, 3], values: Float32Array.from({ length: 21 }, (_, i) => Math.sin(i)) };
const y = { shape: [7, 2], values: Float32Array.from({ length: 14 }, (_, i) => Math.cos(3 * i)) };

interface Network extends Module {
  objective(inputs: TensorRecord): { total: tf.Scalar; values: Record<string, tf.Scalar> };
}

function network(seed: number): Network {
  const random = randomSource(seed);
  const make = (shape: number[]) => tf.tidy(() => tf.variable(seededNormal(shape, random)));
  const [hidden, out, offset] = [make([3, 4]), make([4, 2]), make([2])];
  const trainable = [hidden!, out!, offset!];
  return {
    trainable,
    variables: trainable,
    dispose: () => tf.dispose(trainable),
    objective(inputs) {
      const h = tf.tanh(tf.matMul(inputs['x'] as tf.Tensor2D, hidden as tf.Tensor2D));
      const prediction = tf.add(tf.matMul(h, out as tf.Tensor2D), offset!);
      const fit = tf.mean(tf.square(tf.sub(prediction, inputs['y']!))) as tf.Scalar;
      const size = tf.sum(tf.square(out!)) as tf.Scalar;
      return { total: tf.add(fit, tf.mul(size, 0.01)) as tf.Scalar, values: { fit, size } };
    },
  };
}

/** Runs on each backend, and gives what came out of each. */
async function onEach<T>(run: () => Promise<T>): Promise<Record<(typeof backends)[number], T>> {
  const results: Partial<Record<(typeof backends)[number], T>> = {};
  for (const name of backends) {
    await useBackend(name);
    const before = tf.memory().numTensors;
    results[name] = await run();
    expect(tf.memory().numTensors).toBe(before);
  }
  return results as Record<(typeof backends)[number], T>;
}

function close(a: readonly number[], b: readonly number[], tolerance: number): void {
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) =>
    expect(Math.abs(value - b[i]!)).toBeLessThan(tolerance * Math.max(1, Math.abs(value))),
  );
}

beforeAll(async () => {
  await useBackend('onnx');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

describe('compiled on onnx, training is what it is on cpu', () => {
  test('the backend compiles', async () => {
    await useBackend('onnx');
    expect(tf.backend()).toHaveProperty('compileStep');
  });

  test.each(optimisers)('$name, full batch, a changing rate', async (optimiser) => {
    const { cpu, onnx } = await onEach(async () => {
      const model = network(3);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser }],
        objective: (i) => model.objective(i),
        clipNorm: 2,
      });
      const inputs = { x: tf.tensor(x.values, x.shape), y: tf.tensor(y.values, y.shape) };
      const schedule = cosine({ rate: 0.05, finalRate: 0.01, steps: 12 });
      const { history } = await trainFullBatch({ training, inputs, steps: 15, schedule });
      const state = await captureState(model);
      tf.dispose(inputs);
      training.dispose();
      model.dispose();
      return {
        losses: history.flatMap(({ losses }) => [losses['fit']!, losses['size']!, losses['total']!]),
        weights: Object.values(state).flatMap(({ values }) => [...values]),
      };
    });
    // Float32 on both; 15 steps let rounding differences grow a little.
    close(onnx.losses, cpu.losses, 1e-4);
    close(onnx.weights, cpu.weights, 1e-3);
  });

  test('minibatches of two sizes', async () => {
    const { cpu, onnx } = await onEach(async () => {
      const model = network(4);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: adam() }],
        objective: (i) => model.objective(i),
      });
      const { history } = await trainMinibatches({
        training,
        data: { x, y },
        batchSize: 3,
        epochs: 4,
        schedule: 0.05,
        random: randomSource(1),
      });
      training.dispose();
      model.dispose();
      return history.map(({ losses }) => losses['total']!);
    });
    expect(onnx).toHaveLength(12);
    close(onnx, cpu, 1e-3);
  });

  test('players that alternate', async () => {
    const { cpu, onnx } = await onEach(async () => {
      const [a, b] = [network(5), network(6)];
      const player = (mine: Network, other: Network, rate: string) =>
        trainingStep({
          groups: [{ modules: [mine], optimiser: rmsprop(), rate }],
          objective: (inputs) => {
            const gain = tf.sub(
              mine.objective(inputs).total,
              tf.mul(other.objective(inputs).total, 0.1),
            ) as tf.Scalar;
            return { total: gain, values: { [rate]: gain } };
          },
        });
      const players = [player(a, b, 'learningRate'), player(b, a, 'second')];
      const step = alternate([
        { step: compile(players[0]!.step), times: 2 },
        { step: compile(players[1]!.step) },
      ]);
      const inputs = { x: tf.tensor(x.values, x.shape), y: tf.tensor(y.values, y.shape) };
      const { history } = await fitLoop({
        step,
        batches: fullBatch(inputs),
        steps: 9,
        schedule: 0.01,
        rates: { second: 0.02 },
      });
      step.dispose();
      tf.dispose(inputs);
      for (const module of [...players, a, b]) module.dispose();
      return history.map(({ losses }) => losses['total']!);
    });
    close(onnx, cpu, 1e-3);
  });

  test('a compiled step goes on from a restored state, optimiser included', async () => {
    await useBackend('onnx');
    const model = network(7);
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: adam() }],
      objective: (i) => model.objective(i),
    });
    const inputs = { x: tf.tensor(x.values, x.shape), y: tf.tensor(y.values, y.shape) };
    const step = compile(training.step);
    const run = async (steps: number) =>
      (await fitLoop({ step, batches: fullBatch(inputs), steps, schedule: 0.05 })).history;
    await run(3);
    const states = [await captureState(model), await captureState(training)];
    const first = await run(4);
    restoreState(model, states[0]!);
    restoreState(training, states[1]!);
    expect(await run(4)).toEqual(first);
    step.dispose();
    tf.dispose(inputs);
    training.dispose();
    model.dispose();
  });

  test('divergence puts the last good state back', async () => {
    await useBackend('onnx');
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1])));
    const model = { trainable: [w], variables: [w] };
    const training = trainingStep({
      groups: [{ modules: [model], optimiser: sgd() }],
      objective: () => {
        const log = tf.sum(tf.log(w)) as tf.Scalar;
        return { total: tf.add(tf.sum(w), tf.mul(log, 0)) as tf.Scalar, values: { log } };
      },
    });
    const checkpoint = { modules: [model, training], every: 1 };
    const run = trainFullBatch({ training, inputs: {}, steps: 9, schedule: 0.3, checkpoint });
    await expect(run).rejects.toThrowError(
      /step 4: expected a finite value of loss term 'log'.* The state before train, step 3 was put back/,
    );
    expect((await w.data())[0]).toBeCloseTo(0.1, 5);
    training.dispose();
    w.dispose();
  });

  test.prop([fc.integer({ min: 0, max: 99 })], { numRuns: 3 })('eager, too', async (seed) => {
    const { cpu, onnx } = await onEach(async () => {
      const model = network(seed);
      const training = trainingStep({
        groups: [{ modules: [model], optimiser: adam() }],
        objective: (i) => model.objective(i),
      });
      const inputs = {
        x: tf.tensor(x.values, x.shape),
        y: tf.tensor(y.values, y.shape),
        learningRate: tf.scalar(0.05),
      };
      const outputs = [training.step(inputs), training.step(inputs)];
      const totals = await Promise.all(outputs.map(async (output) => (await output['total']!.data())[0]!));
      tf.dispose([inputs, ...outputs]);
      training.dispose();
      model.dispose();
      return totals;
    });
    close(onnx, cpu, 1e-4);
  });
});
