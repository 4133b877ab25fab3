import { randomSource } from '@crossmodal/core';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { dropoutIfIncomplete } from './dropout-if-incomplete.js';
import { minibatches } from './minibatches.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const n = 40;
const x = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) };
const complete = { x, mask: undefined };

test('every modality has a mask where one of them is incomplete (seed 1)', () => {
  const random = randomSource(1);
  const mask = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 0 : 1)) };
  const source = minibatches({ data: { modalities: [complete, { x, mask }] }, batchSize: n, random });
  const present = [undefined, mask.values];
  const { inputs, dispose } = dropoutIfIncomplete(source, { present, rate: 1, random }).batch(0);
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
  const source = minibatches({ data: { modalities: [complete, complete] }, batchSize: 10, random });
  const absent = [undefined, x.values];
  expect(dropoutIfIncomplete(source, { present: [undefined, undefined], rate: 0.5, random })).toBe(source);
  expect(dropoutIfIncomplete(source, { present: absent, rate: 0, random })).toBe(source);
});
