import {
  canonicalOrder,
  fromRows,
  isCrossmodalError,
  paired,
  randomSource,
  selectRows,
  vectors,
  type ProgressEvent,
} from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { onCpuWithoutLeaks } from '../../tests/no-leaks.js';
import { noisyVectors } from '../../tests/noise.js';
import { rowsInPlace } from '../index.js';
import { aliveState } from './alive-state.js';
import { chunkedForward } from './chunked-forward.js';
import { fitPause } from './fit-pause.js';
import { labelsInPlace } from './labels-in-place.js';

onCpuWithoutLeaks();

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

test('fitPause reports, and throws once the signal has fired', async () => {
  const controller = new AbortController();
  const events: ProgressEvent[] = [];
  const pause = fitPause('method', {
    signal: controller.signal,
    onProgress: (event) => events.push(event),
  });
  await pause('assign', 0, 2);
  controller.abort();
  await expect(pause('assign', 1, 2)).rejects.toSatisfy((error) => isCrossmodalError(error, 'aborted'));
  expect(events).toEqual([
    { phase: 'assign', step: 0, steps: 2 },
    { phase: 'assign', step: 1, steps: 2 },
  ]);
  await expect(fitPause('method', {})('assign', 0, 1)).resolves.toBeUndefined();
});

test.prop([fc.integer({ min: 1, max: 12 }), fc.nat(500)])(
  'what is worked out in canonical order comes back in place, whatever the order given (n, seed)',
  (n, seed) => {
    const { features } = noisyVectors(n, 2, seed);
    const outcome = (rows: Int32Array) => {
      const data = selectRows(paired([vectors('x', features)]), rows);
      const order = canonicalOrder(data);
      const sorted = selectRows(data, order).modalities[0]!.features;
      const labels = Float32Array.from({ length: n }, (_, k) => k);
      return { labels: labelsInPlace(labels, order), rows: rowsInPlace(sorted, order), given: data };
    };
    const order = randomSource(seed).permutation(n);
    const one = outcome(Int32Array.from({ length: n }, (_, i) => i));
    const two = outcome(Int32Array.from(order));
    expect(two.rows).toEqual(two.given.modalities[0]!.features);
    expect([...two.labels]).toEqual(Array.from(order, (i) => one.labels[i]));
  },
);

test('a state is there until it is disposed of, and freed once', () => {
  let freed = 0;
  const held = { labels: 1 };
  const state = aliveState('method', held, () => freed++);
  expect(state.get('predict')).toBe(held);
  state.dispose();
  state.dispose();
  expect(freed).toBe(1);
  expect(() => state.get('predict')).toThrowError(
    'method predict: expected a fitted model, got one that was',
  );
});

test('objects that are equal in every modality share their most frequent label, of equals the smallest', () => {
  const x = vectors('x', fromRows([[0], [0], [0], [1], [1], [1]]));
  const y = vectors('y', fromRows([[5], [5], [5], [5], [5], [6]]));
  const order = [5, 4, 3, 2, 1, 0];
  const labels = [2, 1, 2, 3, 1, 3];
  expect([...labelsInPlace(labels, order, [x, y])]).toEqual([3, 1, 1, 2, 2, 2]);
  expect([...labelsInPlace(labels, order)]).toEqual([3, 1, 3, 2, 1, 2]);
  const absent = { ...y, present: Uint8Array.of(1, 1, 1, 1, 0, 1) };
  expect([...labelsInPlace(labels, order, [x, absent])]).toEqual([3, 1, 3, 2, 2, 2]);
});

test('where there are no more different objects than clusters, each is a cluster', () => {
  const x = vectors('x', fromRows([[0], [0], [0], [1], [1], [2]]));
  const order = [5, 0, 3, 2, 1, 4];
  // Objects 5, 0 and 3 are equal, and so are 2 and 1.
  const labels = [2, 1, 2, 2, 2, 2];
  expect([...labelsInPlace(labels, order, [x], 2)]).toEqual([2, 2, 2, 2, 2, 2]);
  expect([...labelsInPlace(labels, order, [x], 3)]).toEqual([0, 1, 1, 0, 2, 0]);
  expect([...labelsInPlace(labels, order, [x], 6)]).toEqual([0, 1, 1, 0, 2, 0]);
});
