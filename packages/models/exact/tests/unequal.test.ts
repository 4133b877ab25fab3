import { denseMatrix, paired, randomSource, selectRows, vectors, type Paired } from '@crossmodal/core';
import { accuracy } from '@crossmodal/metrics';
import { describe, expect, test } from 'vitest';
import { createExact, loadExact } from '../src/index.js';

/** Groups of the given sizes, of deviation 1, around the corners of a simplex with edges of `20 sqrt(2)`, and their numbers. */
function groups(sizes: readonly number[], d: number, seed: number): { data: Paired; labels: number[] } {
  const random = randomSource(seed);
  const labels = sizes.flatMap((size, k) => Array.from({ length: size }, () => k));
  const values = Float32Array.from({ length: labels.length * d }, (_, p) => {
    const k = labels[Math.floor(p / d)]!;
    return random.normal() + (p % d === k ? 20 : 0) + 1;
  });
  return { data: paired([vectors('rows', denseMatrix(values, labels.length, d))]), labels };
}

describe.each(['C5', 'R'] as const)('very unequal clusters by graphs %s', (graphs) => {
  test.each([
    [3, 3],
    [3, 4],
    [1, 3],
    [1, 4],
  ])('100, 100 and %i objects far apart in %i features are found and told', async (small, d) => {
    const { data, labels } = groups([100, 100, small], d, 1);
    const fitted = await createExact({ graphs }).fit(data, { clusters: 3, seed: 1 });
    expect(accuracy(labels, fitted.labels)).toBe(1);
    expect(fitted.isolated).toEqual({ sizes: [small], apart: true });
    expect([fitted.embedding.rows, fitted.affinity.rows]).toEqual([200 + small, 200 + small]);
    const loaded = await loadExact(await fitted.toBytes());
    expect(loaded.isolated).toEqual(fitted.isolated);
    expect(accuracy(await loaded.predict(data), fitted.labels)).toBeGreaterThan(0.98);
  });

  test('a group far away does not take a cluster that the others need more; it is told', async () => {
    const { data, labels } = groups([100, 100, 1], 3, 2);
    const fitted = await createExact({ graphs }).fit(data, { clusters: 2, seed: 1 });
    expect(accuracy(labels.slice(0, 200), fitted.labels.slice(0, 200))).toBe(1);
    expect(fitted.isolated).toEqual({ sizes: [1], apart: false });
    const one = await createExact({ graphs }).fit(data, { clusters: 1 });
    expect(one.isolated).toEqual({ sizes: [1], apart: false });
    const whole = selectRows(
      data,
      Array.from({ length: 200 }, (_, i) => i),
    );
    expect((await createExact({ graphs }).fit(whole, { clusters: 2 })).isolated).toBeUndefined();
  });

  test('more clusters than there are other objects: each different object is one', async () => {
    const { data } = groups([57, 3], 2, 5);
    for (const clusters of [59, 60]) {
      const { labels } = await createExact({ graphs }).fit(data, { clusters });
      expect(new Set(labels).size).toBe(clusters);
    }
  });

  test('the order of rows does not matter', async () => {
    const { data } = groups([40, 50, 3], 4, 3);
    const order = randomSource(4).permutation(93);
    const method = createExact({ graphs });
    const one = await method.fit(data, { clusters: 3 });
    const two = await method.fit(selectRows(data, order), { clusters: 3 });
    expect([...two.labels]).toEqual(Array.from(order, (row) => one.labels[row]));
  });
});
