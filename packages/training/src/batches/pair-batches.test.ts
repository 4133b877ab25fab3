import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { minibatches } from './minibatches.js';
import { pairBatches } from './pair-batches.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const column = (n: number) => ({ shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) });

test.prop([fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 30 })(
  'a batch is the anchors, then a partner of each out of its list, or itself (n, size, seed)',
  (n, size, seed) => {
    const before = tf.memory().numTensors;
    const data = { x: column(n) };
    // Row i has i % 3 partners: those after it.
    const indices = Int32Array.from({ length: 2 * n }, (_, p) => {
      const [i, r] = [Math.floor(p / 2), p % 2];
      return r < i % 3 ? (i + 1 + r) % n : -1;
    });
    const random = randomSource(seed);
    const pairs = pairBatches({ data, neighbours: { count: 2, indices }, batchSize: size, random });
    const anchors = minibatches({ data, batchSize: size, dropLast: true, random: random.fork('anchors') });
    expect(pairs.stepsPerEpoch).toBe(anchors.stepsPerEpoch);
    for (let step = 0; step < 2 * pairs.stepsPerEpoch; step++) {
      const rows = [...pairs.rows(step)];
      expect(rows.slice(0, size)).toEqual([...anchors.rows(step)]);
      rows.slice(size).forEach((partner, i) => {
        const row = rows[i]!;
        expect(row % 3 === 0 ? [row] : [(row + 1) % n, (row + (row % 3)) % n]).toContain(partner);
      });
      const { inputs, dispose } = pairs.batch(step);
      expect(inputs['x']!.shape).toEqual([2 * size, 1]);
      expect([...inputs['x']!.dataSync()]).toEqual(rows);
      dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('partners are drawn anew, all of them, and without lists rows are their own', () => {
  const neighbours = { count: 2, indices: Int32Array.of(1, 2, 0, 2, 0, 1) };
  const pairs = pairBatches({ data: { x: column(3) }, neighbours, batchSize: 3, random: randomSource(1) });
  const seen = new Set<string>();
  for (let step = 0; step < 30; step++) {
    const rows = pairs.rows(step);
    for (let i = 0; i < 3; i++) seen.add(`${rows[i]} ${rows[3 + i]}`);
  }
  expect(seen.size).toBe(6);
  const none = { count: 0, indices: new Int32Array(0) };
  const own = pairBatches({
    data: { x: column(3) },
    neighbours: none,
    batchSize: 2,
    random: randomSource(1),
  });
  expect([...own.rows(0).slice(2)]).toEqual([...own.rows(0).slice(0, 2)]);
});

test('one list a row', () => {
  const neighbours = { count: 2, indices: new Int32Array(4) };
  expect(() =>
    pairBatches({ data: { x: column(3) }, neighbours, batchSize: 2, random: randomSource(1) }),
  ).toThrow(expect.objectContaining({ code: 'shape' }));
});
