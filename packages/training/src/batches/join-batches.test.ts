import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { joinBatches } from './join-batches.js';
import { minibatches } from './minibatches.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const source = (n: number, batchSize: number) =>
  minibatches({
    data: { x: { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) } },
    batchSize,
    dropLast: true,
    random: randomSource(1),
  });

test('each source goes through epochs of its own, and its tensors are freed', () => {
  const before = tf.memory().numTensors;
  const joined = joinBatches([source(6, 2), source(5, 5)]);
  const seen: number[] = [];
  for (let t = 0; t < 3; t++) {
    const { inputs, dispose } = joined.batch(t);
    expect(inputs).toHaveLength(2);
    seen.push(...inputs[0]!.x.dataSync());
    expect(Array.from(inputs[1]!.x.dataSync()).sort()).toEqual([0, 1, 2, 3, 4]);
    dispose();
  }
  expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(tf.memory().numTensors).toBe(before);
});

test('what was made is freed when a later source fails', () => {
  const before = tf.memory().numTensors;
  const failing = {
    batch: () => {
      throw new Error('no data');
    },
  };
  expect(() => joinBatches([source(4, 2), failing]).batch(0)).toThrow('no data');
  expect(tf.memory().numTensors).toBe(before);
});
