import { tf } from '@crossmodal/tensors';
import { describe, expect, test } from 'vitest';
import { lossContract, registerContract, type Loss } from '../src/index.js';

const shapes = [
  [4, 3],
  [4, 3],
];
const squaredError: Loss = (a, b) => tf.tidy(() => tf.sum(tf.square(tf.sub(a!, b!))));

describe('a loss that keeps the contract passes', () => {
  registerContract(test, lossContract(squaredError, { shapes, seed: 5 }));
});

const detached = tf.customGrad((x) => {
  const input = x as tf.Tensor;
  return { value: tf.sum(input), gradFunc: () => tf.zerosLike(input) };
});

test.each<[string, Loss]>([
  ['no scalar', (a) => tf.square(a!) as unknown as tf.Scalar],
  ['no finite value', (a) => tf.tidy(() => tf.log(tf.neg(tf.sum<tf.Scalar>(tf.square(a!)))))],
  ['a wrong gradient', (a, b) => tf.tidy(() => tf.add<tf.Scalar>(detached(a!), tf.sum(b!)))],
  ['a leak', (a, b) => tf.sum(tf.square(tf.sub(a!, b!)))],
])('a loss with %s fails', async (_name, loss) => {
  const failures: string[] = [];
  for (const { name, run } of lossContract(loss, { shapes })) await run().catch(() => failures.push(name));
  expect(failures).not.toEqual([]);
});
