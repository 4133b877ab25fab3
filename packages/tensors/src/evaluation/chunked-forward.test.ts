import { isCrossmodalError } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { tf } from '../index.js';
import { chunkedForward } from './chunked-forward.js';

let tensors = 0;
beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

describe('chunkedForward', () => {
  const samples = (n: number) => ({
    shape: [n, 2, 2],
    values: Float32Array.from({ length: 4 * n }, (_, p) => Math.sin(p)),
  });
  const passes = { count: 0 };
  const forward = (chunk: number) =>
    chunkedForward({
      where: 'test',
      chunk,
      forward({ x, y }) {
        passes.count++;
        return { sums: tf.add(tf.sum(x!, [1, 2]), tf.sum(y!, [1, 2])), twice: tf.mul(x!, 2) };
      },
    });

  test.prop([fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })], { numRuns: 40 })(
    'the size of the chunks changes nothing (n, chunk)',
    async (n, chunk) => {
      const x = samples(n);
      const y = { ...x, values: x.values.map((value) => value ** 2) };
      const before = x.values.slice();
      const run = forward(chunk);
      passes.count = 0;
      const { sums, twice } = await run.run({ x, y });
      run.dispose();
      run.dispose();
      expect(passes.count).toBe(Math.ceil(n / Math.min(chunk, n)));
      expect(twice).toMatchObject({ rows: n, columns: 4 });
      expect(twice!.values).toEqual(x.values.map((value) => value * 2));
      expect(sums).toMatchObject({ rows: n, columns: 1 });
      const row = (i: number) =>
        x.values.subarray(4 * i, 4 * i + 4).reduce((sum, value) => sum + value + value ** 2, 0);
      for (let i = 0; i < n; i++) expect(sums!.values[i]).toBeCloseTo(row(i), 5);
      expect(x.values).toEqual(before);
    },
  );

  test('sees weights as they are now', async () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(2)));
    const run = chunkedForward({ where: 'test', forward: ({ x }) => ({ z: tf.mul(x!, w) }) });
    const x = { shape: [2, 1], values: Float32Array.of(1, 2) };
    expect([...(await run.run({ x }))['z']!.values]).toEqual([2, 4]);
    tf.tidy(() => w.assign(tf.scalar(3)));
    expect([...(await run.run({ x }))['z']!.values]).toEqual([3, 6]);
    run.dispose();
    w.dispose();
  });

  test('refuses inputs without samples, or with different numbers of them', async () => {
    const run = forward(4);
    for (const inputs of [{}, { x: samples(0), y: samples(0) }, { x: samples(2), y: samples(3) }])
      await expect(run.run(inputs)).rejects.toSatisfy((error) => isCrossmodalError(error, 'shape'));
    run.dispose();
  });

  test('a signal ends it between chunks, and frees everything', async () => {
    const controller = new AbortController();
    const run = forward(1);
    setImmediate(() => controller.abort());
    passes.count = 0;
    await expect(run.run({ x: samples(50), y: samples(50) }, controller.signal)).rejects.toSatisfy((error) =>
      isCrossmodalError(error, 'aborted'),
    );
    expect(passes.count).toBeLessThan(50);
    run.dispose();
  });
});
