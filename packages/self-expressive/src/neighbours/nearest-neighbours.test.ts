import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { nearestNeighbours } from './nearest-neighbours.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

/** Random unit rows. */
function sphere(n: number, d: number, seed: number) {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: n * d }, () => random.normal());
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    const norm = Math.hypot(...row);
    row.forEach((value, j) => (row[j] = value / norm));
  }
  return denseMatrix(values, n, d);
}

describe.each(['cpu', 'onnx'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 25 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(999),
    ],
    { numRuns: 25 },
  )(
    'finds what a search of all pairs finds (n, neighbours, block, seed)',
    async (n, neighbours, block, seed) => {
      const before = tf.memory().numTensors;
      const points = sphere(n, 4, seed);
      const { count, indices } = await nearestNeighbours(points, { neighbours, block });
      expect(tf.memory().numTensors).toBe(before);
      expect(count).toBe(Math.min(neighbours, n - 1));
      expect(indices).toHaveLength(n * count);
      const product = (i: number, j: number) => {
        let sum = 0;
        for (let q = 0; q < 4; q++) sum += points.values[i * 4 + q]! * points.values[j * 4 + q]!;
        return sum;
      };
      for (let i = 0; i < n; i++) {
        const own = [...indices.subarray(i * count, (i + 1) * count)];
        expect(own).not.toContain(i);
        expect(new Set(own).size).toBe(count);
        const best = Array.from({ length: n }, (_, j) => j)
          .filter((j) => j !== i)
          .map((j) => product(i, j))
          .sort((a, b) => b - a);
        own.forEach((j, p) => expect(product(i, j)).toBeCloseTo(best[p]!, 5));
      }
    },
  );
});

test.prop([fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 8 }), fc.nat(999)], { numRuns: 25 })(
  'absent rows have no neighbours and are none; the others have those that they have among themselves (n, neighbours, seed)',
  async (n, neighbours, seed) => {
    const points = sphere(n, 4, seed);
    const random = randomSource(seed);
    const present = Uint8Array.from({ length: n }, () => (random.uniform() < 0.7 ? 1 : 0));
    const there = [...present.keys()].filter((i) => present[i] === 1);
    const { count, indices } = await nearestNeighbours(points, { neighbours, present });
    expect(count).toBe(Math.min(neighbours, n - 1));
    const among = denseMatrix(
      Float32Array.from(there.flatMap((i) => [...points.values.subarray(i * 4, (i + 1) * 4)])),
      there.length,
      4,
    );
    const alone = await nearestNeighbours(among, { neighbours });
    for (let i = 0; i < n; i++) {
      const at = there.indexOf(i);
      const expected =
        at < 0
          ? []
          : Array.from(alone.indices.subarray(at * alone.count, (at + 1) * alone.count), (j) => there[j]!);
      const list = [...indices.subarray(i * count, (i + 1) * count)];
      expect(list).toEqual([...expected, ...Array<number>(count - expected.length).fill(-1)]);
    }
  },
);

test('rows that coincide are neighbours of each other', async () => {
  const points = denseMatrix(Float32Array.from([1, 0, 1, 0, 1, 0]), 3, 2);
  const { indices } = await nearestNeighbours(points, { neighbours: 2 });
  expect([...indices.subarray(0, 2)].sort()).toEqual([1, 2]);
  expect([...indices.subarray(4, 6)].sort()).toEqual([0, 1]);
});

test('an abort stops it, and options out of range are refused', async () => {
  const points = sphere(5, 2, 1);
  const before = tf.memory().numTensors;
  await expect(
    nearestNeighbours(points, { neighbours: 2, signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'aborted' });
  await expect(nearestNeighbours(points, { neighbours: 0 })).rejects.toMatchObject({ code: 'option' });
  await expect(nearestNeighbours(points, { neighbours: 1, block: 0.5 })).rejects.toMatchObject({
    code: 'option',
  });
  await expect(
    nearestNeighbours(points, { neighbours: 1, present: new Uint8Array(4) }),
  ).rejects.toMatchObject({ code: 'shape' });
  expect(tf.memory().numTensors).toBe(before);
});
