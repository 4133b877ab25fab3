import * as tf from '@tensorflow/tfjs';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import type { Step } from '../src/index.js';
import { compileHere, useOnnx } from './support/backends.js';
import { numbers } from './support/program.js';

beforeAll(useOnnx);

const optimisers = {
  adam: () => tf.train.adam(0.05),
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.05, 0.9),
  nesterov: () => tf.train.momentum(0.05, 0.9, true),
  rmsprop: () => tf.train.rmsprop(0.05, 0.9, 0.5, 1e-4),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.5),
  adamax: () => tf.train.adamax(0.05),
};

/** A small network with a moving average, and its training step. */
function network(optimiser: tf.Optimizer, seed: number) {
  const variable = (shape: number[], at: number) =>
    tf.variable(tf.tensor(numbers(seed + at, tf.util.sizeFromShape(shape)), shape));
  const [w1, b1, w2] = [variable([3, 5], 1), variable([5], 2), variable([5, 2], 3)];
  const average = tf.variable(tf.zeros([5]), false);
  const step: Step = ({ x, y }) => {
    const loss = optimiser.minimize(
      () => {
        const hidden = tf.tanh(tf.matMul(x as tf.Tensor2D, w1 as tf.Tensor2D).add(b1));
        average.assign(average.mul(0.9).add(hidden.mean(0).mul(0.1)));
        return tf.squaredDifference(hidden.sub(average).matMul(w2 as tf.Tensor2D), y!).mean() as tf.Scalar;
      },
      true,
      [w1, b1, w2],
    ) as tf.Scalar;
    return { loss };
  };
  return { step, variables: [w1, b1, w2, average] };
}

test.prop([fc.constantFrom(...(Object.keys(optimisers) as (keyof typeof optimisers)[])), fc.nat()], {
  numRuns: 16,
})('a compiled optimiser takes the same way as an eager one', async (name, seed) => {
  const inputs = { x: tf.tensor(numbers(seed, 12), [4, 3]), y: tf.tensor(numbers(seed + 9, 8), [4, 2]) };
  const [optimiser, compiledOptimiser] = [optimisers[name](), optimisers[name]()];
  const eager = network(optimiser, seed);
  const traced = network(compiledOptimiser, seed);
  const compiled = compileHere(traced.step);
  const losses: number[] = [];
  const slots = await newTensors(async () => {
    for (let index = 0; index < 6; index++) losses.push((await compiled.run(inputs)).loss![0]!);
  });
  const eagerSlots = await newTensors(async () => {
    for (const loss of losses) {
      const wanted = tf.tidy(() => (eager.step(inputs) as { loss: tf.Tensor }).loss.dataSync()[0]);
      // Rounding differences grow a little from step to step.
      expect(Math.abs(loss - wanted!)).toBeLessThan(1e-5);
    }
  });
  // The optimiser's own variables, and nothing else.
  expect(slots).toBe(eagerSlots);
  for (const [index, variable] of eager.variables.entries()) {
    const [a, b] = [variable.dataSync(), traced.variables[index]!.dataSync()];
    for (const [position, value] of a.entries()) expect(Math.abs(b[position]! - value)).toBeLessThan(2e-4);
  }
  compiled.dispose();
  tf.dispose([...Object.values(inputs), ...eager.variables, ...traced.variables]);
  optimiser.dispose();
  compiledOptimiser.dispose();
});

async function newTensors(run: () => Promise<void>): Promise<number> {
  const before = tf.memory().numTensors;
  await run();
  return tf.memory().numTensors - before;
}
