import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { weighByNeighbours } from './weigh-by-neighbours.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = fc.nat(999);

function normal(n: number, d: number, seed: number) {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

test.prop([seeds, fc.integer({ min: 1, max: 30 })], { numRuns: 10 })(
  'modalities that agree share all weight, noise has none, whatever the length of rows and of lists (seed, neighbours)',
  async (seed, neighbours) => {
    const n = 120;
    const one = normal(n, 4, seed);
    const longer = { ...one, values: one.values.map((value, p) => value * (1 + Math.floor(p / 4))) };
    const before = tf.memory().numTensors;
    const modalities = [one, longer, normal(n, 4, seed + 1000)].map((features) => ({ features }));
    const found = await weighByNeighbours(modalities, { clusters: 2, neighbours });
    expect(tf.memory().numTensors).toBe(before);
    expect(found.weights.modalities.map((weight) => Math.round(weight * 1e9) / 1e9)).toEqual([0.5, 0.5, 0]);
    expect(found.neighbours!.map(({ count }) => count)).toEqual(
      [1, 2, 3].map(() => Math.min(neighbours, 30)),
    );
  },
);

test('lists are short where clusters are small; none are given where none are asked for', async () => {
  const modalities = [{ features: normal(12, 3, 1) }, { features: normal(12, 3, 1) }];
  const { neighbours } = await weighByNeighbours(modalities, { clusters: 2, neighbours: 10 });
  expect(neighbours!.map(({ count }) => count)).toEqual([3, 3]);
  const alone = await weighByNeighbours(modalities, { clusters: 2, neighbours: 0 });
  expect(alone.neighbours).toBeUndefined();
  expect(alone.weights.modalities).toEqual([0.5, 0.5]);
});
