import { denseMatrix, gatherRows, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { dense } from '../layers/dense.js';
import { startAtMeans } from './start-at-means.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.prop([fc.integer({ min: 2, max: 4 }), fc.nat(999)], { numRuns: 10 })(
  'samples of far clusters are in classes of their own, and those of one cluster in one (clusters, seed)',
  async (clusters, seed) => {
    const n = 8 * clusters;
    const random = randomSource(seed);
    const inputs = denseMatrix(
      Float32Array.from({ length: n }, (_, i) => 100 * (i % clusters) + random.uniform()),
      n,
      1,
    );
    const latents = denseMatrix(
      Float32Array.from({ length: n * clusters }, (_, p) =>
        p % clusters === Math.floor(p / clusters) % clusters ? 5 : 0,
      ),
      n,
      clusters,
    );
    const head = dense({ inputSize: clusters, units: clusters, random });
    await startAtMeans(head, {
      ...{ inputs, random, maxIterations: 50 },
      latents: (rows) => gatherRows(latents, rows),
    });
    const classes = tf.tidy(() => {
      const x = tf.tensor2d(Float32Array.from(latents.values), [n, clusters]);
      return tf.argMax(head.apply(x, { training: false }), 1).dataSync();
    });
    classes.forEach((found, i) => expect(found).toBe(classes[i % clusters]));
    head.dispose();
  },
);

test('classes beyond one per few samples keep their weights', async () => {
  const head = dense({ inputSize: 1, units: 5, random: randomSource(1) });
  const before = head.trainable[0]!.dataSync().slice();
  const inputs = denseMatrix(Float32Array.of(0, 0, 0, 0, 9, 9, 9, 9), 8, 1);
  await startAtMeans(head, {
    inputs,
    latents: (rows) => gatherRows(inputs, rows),
    random: randomSource(1),
  });
  const after = head.trainable[0]!.dataSync();
  expect([...after].map((value, c) => value === before[c])).toEqual([false, false, true, true, true]);
  head.dispose();
});

test('of many samples, evenly spaced ones make the means', async () => {
  const inputs = denseMatrix(
    Float32Array.from({ length: 60 }, (_, i) => 50 * (i % 2)),
    60,
    1,
  );
  const head = dense({ inputSize: 1, units: 2, random: randomSource(1) });
  const seen: number[] = [];
  await startAtMeans(head, {
    inputs,
    sampleSize: 12,
    latents(rows) {
      seen.push(...rows);
      return gatherRows(inputs, rows);
    },
    random: randomSource(1),
  });
  expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => 5 * i));
  seen.length = 0;
  const latents = (rows: Int32Array) => {
    seen.push(...rows);
    return gatherRows(inputs, rows);
  };
  const random = randomSource(1);
  // Two classes of thirty members each need all samples.
  await startAtMeans(head, { inputs, sampleSize: 12, leastMembers: 30, latents, random });
  expect(seen).toHaveLength(60);
  await expect(startAtMeans(head, { inputs, sampleSize: 0, latents, random })).rejects.toThrow(
    expect.objectContaining({ code: 'option' }),
  );
  head.dispose();
});
