import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { minibatches } from '@crossmodal/training';
import { beforeAll, expect, test } from 'vitest';
import { presentBatches } from './present-batches.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const n = 40;
const numbers = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) };

test('every modality has a mask where one of them is incomplete (seed 1)', () => {
  const random = randomSource(1);
  const m1 = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 1)) };
  const data = { x0: numbers, x1: numbers, m1 };
  const source = minibatches({ data, batchSize: n, random });
  const { inputs, dispose } = presentBatches(source, { data, rate: 1, random }).batch(0);
  const rows = [...inputs['x0']!.dataSync()];
  const [first, second] = [0, 1].map((v) => [...inputs[`m${v}`]!.dataSync()]);
  rows.forEach((row, i) => {
    if (row % 3 === 0) expect([first![i], second![i]]).toEqual([1, 0]);
    else expect(first![i]! + second![i]!).toBe(1);
  });
  dispose();
});

test('batches of complete data, or without dropout, are the ones that were given', () => {
  const random = randomSource(1);
  const data = { x0: numbers, x1: numbers };
  const source = minibatches({ data, batchSize: 10, random });
  expect(presentBatches(source, { data, rate: 0.5, random })).toBe(source);
  expect(presentBatches(source, { data: { ...data, m1: numbers }, rate: 0, random })).toBe(source);
});
