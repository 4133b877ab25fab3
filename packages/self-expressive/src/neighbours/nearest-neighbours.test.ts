import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { nearestAmong } from './nearest-among.js';
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
      fc.integer({ min: 1, max: 900 }),
      fc.nat(999),
    ],
    { numRuns: 25 },
  )(
    'finds what a search of all pairs finds (n, neighbours, bytes, seed)',
    async (n, neighbours, memory, seed) => {
      const before = tf.memory().numTensors;
      const points = sphere(n, 4, seed);
      const { count, indices } = await nearestNeighbours(points, { neighbours, memory });
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

  test.prop(
    [
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 35 }),
      fc.constantFrom('exact' as const, 'approximate' as const),
      fc.nat(999),
    ],
    { numRuns: 40 },
  )(
    'of equal products the smaller row number comes first, whatever is absent, and an approximate search for all finds all (n, d, neighbours, method, seed)',
    async (n, d, neighbours, method, seed) => {
      const random = randomSource(seed);
      // Small whole numbers: products are exact, and many are equal.
      const draw = (rows: number) =>
        denseMatrix(
          Float32Array.from({ length: rows * d }, () => random.integer(5) - 2),
          rows,
          d,
        );
      const flags = (rows: number) => Uint8Array.from({ length: rows }, () => Number(random.uniform() < 0.8));
      const options = { neighbours, method, recall: 1 };
      const points = draw(n);
      const present = flags(n);
      const alone = await nearestNeighbours(points, { ...options, present });
      expect(alone.recall).toBe(1);
      expect(alone.count).toBe(Math.min(neighbours, n - 1));
      expect(listsOf(alone)).toEqual(naive(points, present, points, present, alone.count, true));
      const queries = draw(7);
      const known = flags(7);
      const among = await nearestAmong(queries, points, {
        ...options,
        present: known,
        referencesPresent: present,
      });
      expect(among.count).toBe(Math.min(neighbours, n));
      expect(listsOf(among)).toEqual(naive(queries, known, points, present, among.count, false));
    },
  );
});

/** The lists with their products, row by row. */
function listsOf({ count, indices, products }: Awaited<ReturnType<typeof nearestNeighbours>>) {
  return Array.from({ length: count === 0 ? 0 : indices.length / count }, (_, i) =>
    Array.from({ length: count }, (__, r) => [indices[i * count + r], products[i * count + r]]),
  );
}

/** The same by sorting all products. */
function naive(
  queries: DenseMatrix,
  known: Uint8Array,
  references: DenseMatrix,
  present: Uint8Array,
  count: number,
  self: boolean,
) {
  const d = queries.columns;
  const product = (i: number, j: number) => {
    let sum = 0;
    for (let q = 0; q < d; q++) sum += queries.values[i * d + q]! * references.values[j * d + q]!;
    return sum;
  };
  return Array.from({ length: count === 0 ? 0 : queries.rows }, (_, i) => {
    const sorted = Array.from({ length: references.rows }, (__, j) => [j, product(i, j)] as const)
      .filter(([j]) => known[i] === 1 && present[j] === 1 && !(self && j === i))
      .sort(([a, left], [b, right]) => right - left || a - b)
      .slice(0, count);
    return [...sorted, ...Array.from({ length: count - sorted.length }, () => [-1, -Infinity] as const)];
  });
}

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
  for (const wrong of [{ memory: 0.5 }, { recall: 0 }, { recall: 1.1 }, { method: 'fast' as 'exact' }])
    await expect(nearestNeighbours(points, { neighbours: 1, ...wrong })).rejects.toMatchObject({
      code: 'option',
    });
  const infinite = { ...points, values: points.values.map((value, p) => (p === 3 ? Infinity : value)) };
  await expect(nearestNeighbours(infinite, { neighbours: 1 })).rejects.toMatchObject({ code: 'value' });
  await expect(
    nearestNeighbours(points, { neighbours: 1, present: new Uint8Array(4) }),
  ).rejects.toMatchObject({ code: 'shape' });
  expect(tf.memory().numTensors).toBe(before);
});
