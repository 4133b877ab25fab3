import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { exchangePartners } from './exchange-partners.js';
import { minibatches } from './minibatches.js';
import { partnerBatches } from './partner-batches.js';
import { takeRows } from '@crossmodal/tensors';
import { withPartners } from './with-partners.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const column = (n: number) => ({ shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) });

test.prop([fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 30 })(
  'a batch is the anchors, then the partner that each was given at the step; the same step is the same batch (n, size, seed)',
  (n, size, seed) => {
    const before = tf.memory().numTensors;
    const data = { x: column(n) };
    const random = randomSource(seed);
    const batches = partnerBatches({
      data,
      // A drawn part, which shows that the stream is of the step, and one of the step.
      partnerOf: (row, step, draws) => (row + step + draws.integer(2)) % n,
      batchSize: size,
      random,
    });
    const anchors = minibatches({ data, batchSize: size, dropLast: true, random: random.fork('anchors') });
    expect(batches.stepsPerEpoch).toBe(anchors.stepsPerEpoch);
    for (let step = 0; step < 2 * batches.stepsPerEpoch; step++) {
      const rows = [...batches.rows(step)];
      expect([...batches.rows(step)]).toEqual(rows);
      expect(rows.slice(0, size)).toEqual([...anchors.rows(step)]);
      rows.slice(size).forEach((partner, i) => {
        expect([(rows[i]! + step) % n, (rows[i]! + step + 1) % n]).toContain(partner);
      });
      const { inputs, dispose } = batches.batch(step);
      expect(inputs['x']!.shape).toEqual([2 * size, 1]);
      expect([...inputs['x']!.dataSync()]).toEqual(rows);
      dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('partners are asked for in the order of the rows', () => {
  const asked: number[] = [];
  const rows = withPartners(Int32Array.of(3, 1, 2), (row) => asked.push(row));
  expect(asked).toEqual([3, 1, 2]);
  expect([...rows]).toEqual([3, 1, 2, 1, 2, 3]);
  expect([...withPartners(new Int32Array(0), () => 0)]).toEqual([]);
});

test('rows of every array are taken whole, in any order and number', () => {
  const images = { shape: [2, 2, 1], values: Float32Array.of(1, 2, 3, 4) };
  const taken = takeRows({ images, x: column(2) }, Int32Array.of(1, 0, 1));
  expect(taken['images']!.shape).toEqual([3, 2, 1]);
  expect([...taken['images']!.dataSync()]).toEqual([3, 4, 1, 2, 3, 4]);
  expect([...taken['x']!.dataSync()]).toEqual([1, 0, 1]);
  tf.dispose(taken);
});

test.each([-1, 3])('a partner %s of 3 rows is refused', (partner) => {
  const batches = partnerBatches({
    data: { x: column(3) },
    partnerOf: () => partner,
    batchSize: 2,
    random: randomSource(1),
  });
  expect(() => batches.batch(0)).toThrow(expect.objectContaining({ code: 'value' }));
});

test('partners and objects change places, and twice is none', () => {
  tf.tidy(() => {
    const x = tf.tensor2d([[1], [2], [3], [4]]);
    expect([...exchangePartners(x).dataSync()]).toEqual([3, 4, 1, 2]);
    expect([...exchangePartners(exchangePartners(x)).dataSync()]).toEqual([1, 2, 3, 4]);
    expect(() => exchangePartners(tf.ones([3, 1]))).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});
