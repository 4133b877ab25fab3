import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { fullBatch } from './full-batch.js';
import { minibatches } from './minibatches.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anyCase = fc.record({
  n: fc.integer({ min: 1, max: 12 }),
  size: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 999 }),
});
const rowNumbers = (n: number) => ({
  shape: [n, 2],
  values: Float32Array.from({ length: 2 * n }, (_, i) => Math.floor(i / 2)),
});

describe('minibatches', () => {
  test.prop([anyCase], { numRuns: 40 })(
    'an epoch holds every row once, in every modality alike',
    ({ n, size, seed }) => {
      fc.pre(size <= n);
      const before = tf.memory().numTensors;
      const data = {
        x: rowNumbers(n),
        y: { shape: [n], values: Float32Array.from({ length: n }, (_, i) => i) },
      };
      const source = minibatches({ data, batchSize: size, random: randomSource(seed) });
      for (const epoch of [0, 1]) {
        const seen: number[] = [];
        for (let i = 0; i < source.stepsPerEpoch; i++) {
          const { inputs, dispose } = source.batch(epoch * source.stepsPerEpoch + i);
          const x = [...inputs['x']!.dataSync()];
          const y = [...inputs['y']!.dataSync()];
          expect(x).toEqual(y.flatMap((row) => [row, row]));
          seen.push(...y);
          dispose();
        }
        expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([anyCase], { numRuns: 20 })(
    'a step is decided by the seed, whatever was asked before',
    ({ n, size, seed }) => {
      fc.pre(size <= n);
      const make = () =>
        minibatches({ data: { x: rowNumbers(n) }, batchSize: size, random: randomSource(seed) });
      const once = make();
      const forward = [0, 1, 2, 3, 4].map((step) => [...once.rows(step)]);
      const again = make();
      const backward = [4, 3, 2, 1, 0].map((step) => [...again.rows(step)]).reverse();
      expect(backward).toEqual(forward);
    },
  );

  test('epochs and seeds differ', () => {
    const rows = (seed: number, step: number) => [
      ...minibatches({ data: { x: rowNumbers(50) }, batchSize: 50, random: randomSource(seed) }).rows(step),
    ];
    expect(rows(1, 0)).not.toEqual(rows(1, 1));
    expect(rows(1, 0)).not.toEqual(rows(2, 0));
  });

  test('dropLast leaves the remainder out', () => {
    const of = (dropLast: boolean) =>
      minibatches({ data: { x: rowNumbers(10) }, batchSize: 4, dropLast, random: randomSource(0) });
    expect([of(false).stepsPerEpoch, of(true).stepsPerEpoch]).toEqual([3, 2]);
    expect(of(false).rows(2)).toHaveLength(2);
    expect(of(true).rows(2)).toHaveLength(4);
  });

  test.each([0, 11, 2.5])('refuses a batch of %s out of 10', (batchSize) => {
    expect(() =>
      minibatches({ data: { x: rowNumbers(10) }, batchSize, random: randomSource(0) }),
    ).toThrowError(/an integer in 1..10/);
  });

  test('refuses arrays that do not pair up, and no samples', () => {
    const random = randomSource(0);
    expect(() =>
      minibatches({ data: { x: rowNumbers(3), y: rowNumbers(4) }, batchSize: 1, random }),
    ).toThrowError(/'y'/);
    expect(() =>
      minibatches({ data: { x: { ...rowNumbers(3), shape: [3, 5] } }, batchSize: 1, random }),
    ).toThrowError(/15 values/);
    expect(() => minibatches({ data: {}, batchSize: 1, random })).toThrowError(/one sample at least/);
  });
});

describe('fullBatch', () => {
  test("gives the caller's tensors, and leaves them alone", () => {
    const x = tf.zeros([2]);
    const { inputs, dispose } = fullBatch({ x }).batch(3);
    expect(inputs['x']).toBe(x);
    dispose();
    expect(x.isDisposed).toBe(false);
    x.dispose();
  });
});
