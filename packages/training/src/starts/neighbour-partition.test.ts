import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { neighbourPartition } from './neighbour-partition.js';

/** Unit vectors at three angles, a little apart; neighbours are the next of the same group of three in a row. */
function fans(angles: readonly number[], seed: number) {
  const random = randomSource(seed);
  const n = 20 * angles.length;
  const values = Array.from({ length: n }, (_, i) => {
    const angle = angles[i % angles.length]! + 0.02 * random.normal();
    // Lengths say nothing.
    const length = 1 + 5 * random.uniform();
    return [length * Math.cos(angle), length * Math.sin(angle)];
  });
  return denseMatrix(Float32Array.from(values.flat()), n, 2);
}

test.prop([fc.nat(9999), fc.integer({ min: 0, max: 2 })], { numRuns: 30 })(
  'of three directions as far from each other, those are one cluster whose objects are neighbours (seed, the one apart)',
  (seed, apart) => {
    const points = fans([0, (2 * Math.PI) / 3, (4 * Math.PI) / 3], seed);
    const { rows: n } = points;
    const next = (i: number) =>
      i % 3 === apart ? (i + 3) % n : i - (i % 3) + [0, 1, 2].find((g) => g !== i % 3 && g !== apart)!;
    const neighbours = {
      count: 2,
      indices: Int32Array.from({ length: 2 * n }, (_, p) =>
        p % 2 === 0 ? next(p >> 1) : ((p >> 1) + 3) % n,
      ),
    };
    const labels = neighbourPartition(points, { clusters: 2, neighbours, random: randomSource(seed) });
    labels.forEach((label, i) => expect(label === labels[apart]).toBe(i % 3 === apart));
  },
);

test('lists of other rows, and more clusters than rows, are refused', () => {
  const points = fans([0, 1], 1);
  const lists = (n: number) => ({ count: 1, indices: new Int32Array(n) });
  const run = (n: number, clusters: number) => () =>
    neighbourPartition(points, { clusters, neighbours: lists(n), random: randomSource(1) });
  expect(run(39, 2)).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(run(40, 41)).toThrow(expect.objectContaining({ code: 'option' }));
});
