import {
  canonicalOrder,
  denseMatrix,
  fromRows,
  isCrossmodalError,
  paired,
  randomSource,
  restoreRows,
  selectRows,
  vectors,
  type ProgressEvent,
} from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { aliveState } from '../fitted/alive-state.js';
import { fitPause } from './fit-pause.js';
import { labelsInPlace } from './labels-in-place.js';

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
    const noise = randomSource(seed);
    const features = denseMatrix(
      Float32Array.from({ length: 2 * n }, () => noise.normal()),
      n,
      2,
    );
    const outcome = (rows: Int32Array) => {
      const data = selectRows(paired([vectors('x', features)]), rows);
      const order = canonicalOrder(data);
      const sorted = selectRows(data, order).modalities[0]!.features;
      const labels = Float32Array.from({ length: n }, (_, k) => k);
      return { labels: labelsInPlace(labels, order), rows: restoreRows(sorted, order), given: data };
    };
    const order = randomSource(seed).permutation(n);
    const one = outcome(Int32Array.from({ length: n }, (_, i) => i));
    const two = outcome(Int32Array.from(order));
    expect(two.rows).toEqual(two.given.modalities[0]!.features);
    expect([...two.labels]).toEqual(Array.from(order, (i) => one.labels[i]));
  },
);

test('a state is there until it is disposed of, and freed once', async () => {
  const freed: unknown[] = [];
  const held = { labels: 1 };
  const state = aliveState('method', held, (last) => freed.push(last));
  expect(await state.use('predict', (given) => Promise.resolve(given))).toBe(held);
  state.dispose();
  state.dispose();
  expect(freed).toEqual([held]);
  await expect(state.use('predict', () => Promise.resolve())).rejects.toThrowError(
    'method predict: expected a fitted model, got one that was',
  );
});

test('a state that is in use is freed when the last call has ended, whether it failed or not', async () => {
  let freed = 0;
  const state = aliveState('method', 0, () => freed++);
  const ends: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => ends.push(resolve));
  const calls = [
    state.use('predict', wait),
    state.use('transform', () => wait().then(() => Promise.reject(new Error('no')))),
  ];
  state.dispose();
  expect(freed).toBe(0);
  ends[0]!();
  await calls[0];
  expect(freed).toBe(0);
  ends[1]!();
  await expect(calls[1]).rejects.toThrowError('no');
  expect(freed).toBe(1);
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
