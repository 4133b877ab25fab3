import { fromRows } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { nearestNeighbours } from './nearest-neighbours.js';
import { neighbourRecall } from './neighbour-recall.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const points = fromRows([
  [1, 0],
  [0.8, 0.6],
  [0, 1],
  [0.6, 0.8],
  [9, 9],
]);
const present = Uint8Array.of(1, 1, 1, 1, 0);

test('the share of true neighbours, among rows that are present', async () => {
  const found = await nearestNeighbours(points, { neighbours: 2, present });
  expect(await neighbourRecall(found, points, { present })).toBe(1);
  const worse = { count: 2, indices: found.indices.map((j, p) => (p === 1 || p === 4 ? -1 : j)) };
  expect(await neighbourRecall(worse, points, { present })).toBe(6 / 8);
  // Without the flags row 4 is everybody's nearest.
  expect(await neighbourRecall(found, points)).toBeLessThan(0.5);
});

test('rows that are equal stand for each other', async () => {
  const equal = fromRows([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  const found = { count: 1, indices: Int32Array.of(3, 3, 3, 0, 5, 4) };
  expect(await neighbourRecall(found, equal)).toBe(1);
});

test('a smaller sample is drawn by the seed', async () => {
  const found = { count: 1, indices: Int32Array.of(4, 2, 4, 2, 0) };
  const shares = new Set<number>();
  for (let sample = 1; sample <= 5; sample++) shares.add(await neighbourRecall(found, points, { sample }));
  for (const share of shares) expect(share).toBeGreaterThanOrEqual(0);
  expect(shares.size).toBeGreaterThan(1);
});

test('nothing to be found, and what does not fit', async () => {
  expect(await neighbourRecall({ count: 0, indices: new Int32Array(0) }, fromRows([[1]]))).toBe(1);
  const found = { count: 1, indices: new Int32Array(4) };
  await expect(neighbourRecall(found, points)).rejects.toMatchObject({ code: 'shape' });
  const fitting = { count: 1, indices: new Int32Array(5) };
  await expect(neighbourRecall(fitting, points, { sample: 0 })).rejects.toMatchObject({ code: 'option' });
  await expect(neighbourRecall(fitting, points, { present: new Uint8Array(2) })).rejects.toMatchObject({
    code: 'shape',
  });
});
