import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { minibatches } from '@crossmodal/training';
import { beforeAll, expect, test } from 'vitest';
import type { EamcSamples } from '../types.js';
import { presentBatches } from './present-batches.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const n = 40;
const x = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) };
const complete: EamcSamples = {
  modalities: [
    { x, mask: undefined },
    { x, mask: undefined },
  ],
};

test('every modality has a mask where one of them is incomplete (seed 1)', () => {
  const random = randomSource(1);
  const mask = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 1)) };
  const samples: EamcSamples = { modalities: [complete.modalities[0]!, { x, mask }] };
  const source = minibatches({ data: samples, batchSize: n, random });
  const { inputs, dispose } = presentBatches(source, { samples, rate: 1, random }).batch(0);
  const rows = [...inputs.modalities[0]!.x.dataSync()];
  const [first, second] = inputs.modalities.map((own) => [...own.mask!.dataSync()]);
  rows.forEach((row, i) => {
    if (row % 3 === 0) expect([first![i], second![i]]).toEqual([1, 0]);
    else expect(first![i]! + second![i]!).toBe(1);
  });
  dispose();
});

test('batches of complete data, or without dropout, are the ones that were given', () => {
  const random = randomSource(1);
  const source = minibatches({ data: complete, batchSize: 10, random });
  expect(presentBatches(source, { samples: complete, rate: 0.5, random })).toBe(source);
  const gapped = { modalities: [complete.modalities[0]!, { x, mask: x }] };
  expect(presentBatches(source, { samples: gapped, rate: 0, random })).toBe(source);
});
