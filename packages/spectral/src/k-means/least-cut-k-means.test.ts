import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { normalisedCut } from '../graph/normalised-cut.js';
import { leastCutKMeans } from './least-cut-k-means.js';
import { subsampledKMeans } from './subsampled-k-means.js';

const seeds = fc.nat(9999);

/** Lists of one length of an object's neighbours, some places empty. */
function someLists(n: number, count: number, seed: number) {
  const random = randomSource(seed);
  const draw = () => (random.uniform() < 0.2 ? -1 : Math.floor(n * random.uniform()));
  return { count, indices: Int32Array.from({ length: n * count }, draw) };
}

const labelsOf = (n: number, clusters: number, seed: number) => {
  const random = randomSource(seed).fork('labels');
  return Int32Array.from({ length: n }, () => Math.floor(clusters * random.uniform()));
};

describe('normalisedCut', () => {
  const sizes = [
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 0, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  ] as const;

  test.prop([...sizes, seeds])(
    'is that of the symmetric adjacency (n, count, clusters, seed)',
    (n, count, clusters, seed) => {
      const [lists, labels] = [someLists(n, count, seed), labelsOf(n, clusters, seed)];
      const adjacency = new Float64Array(n * n);
      lists.indices.forEach((j, p) => {
        const i = Math.floor(p / count);
        if (j < 0) return;
        adjacency[i * n + j]!++;
        adjacency[j * n + i]!++;
      });
      let expected = 0;
      for (let c = 0; c < clusters; c++) {
        let [cut, volume] = [0, 0];
        adjacency.forEach((weight, p) => {
          const [i, j] = [Math.floor(p / n), p % n];
          if (labels[i] !== c) return;
          volume += weight;
          if (labels[j] !== c) cut += weight;
        });
        expected += volume > 0 ? cut / volume : 1;
      }
      expect(normalisedCut(labels, lists, clusters)).toBeCloseTo(expected, 12);
    },
  );

  test('a cluster of objects without neighbours is no better than one that is cut off whole', () => {
    const lists = { count: 1, indices: Int32Array.of(1, 0, 3, 2, -1) };
    expect(normalisedCut(Int32Array.of(0, 0, 0, 0, 1), lists, 2)).toBe(1);
    expect(normalisedCut(Int32Array.of(0, 0, 1, 1, 1), lists, 2)).toBe(0);
  });

  test('lists that do not fit the labels, labels beyond the clusters and neighbours beyond the objects are refused', () => {
    const beyond = { count: 1, indices: Int32Array.of(1, 4, -1, 0) };
    expect(() => normalisedCut(new Int32Array(4), beyond, 1)).toThrow(
      expect.objectContaining({ code: 'value' }),
    );
    const lists = someLists(4, 2, 1);
    expect(() => normalisedCut(new Int32Array(5), lists, 2)).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
    for (const label of [-1, 2])
      expect(() => normalisedCut(Int32Array.of(0, 1, label, 0), lists, 2)).toThrow(
        expect.objectContaining({ code: 'option' }),
      );
  });
});

describe('leastCutKMeans', () => {
  /** Three groups on a line at 0, 10 and 14 of which two merge for two clusters; neighbours join 0 and 10 or 10 and 14. */
  const points = (seed: number) => {
    const random = randomSource(seed);
    return denseMatrix(
      Float64Array.from({ length: 60 }, (_, i) => [0, 10, 20][i % 3]! + 0.1 * random.normal()),
      60,
      1,
    );
  };

  test.prop([seeds], { numRuns: 20 })('of partitions of equal inertia, neighbours choose (seed)', (seed) => {
    const joined = (a: number, b: number) => ({
      count: 1,
      indices: Int32Array.from({ length: 60 }, (_, i) => (i % 3 === a ? i - a + b : (i + 3) % 60)),
    });
    for (const [a, b, apart] of [
      [0, 1, 2],
      [1, 2, 0],
    ] as const) {
      const { labels } = leastCutKMeans(points(seed), {
        clusters: 2,
        neighbours: joined(a, b),
        partitions: 12,
        restarts: 1,
        random: randomSource(seed),
      });
      expect(labels[a]).toBe(labels[b]);
      expect(labels[apart]).not.toBe(labels[a]);
    }
  });

  test.prop([seeds], { numRuns: 20 })('no partition among those drawn has a smaller cut (seed)', (seed) => {
    const random = randomSource(seed);
    const rows = denseMatrix(
      Float64Array.from({ length: 80 }, () => random.normal()),
      40,
      2,
    );
    const neighbours = someLists(40, 3, seed);
    const options = { clusters: 4, restarts: 1 };
    const chosen = leastCutKMeans(rows, { ...options, neighbours, random: randomSource(seed) });
    const cuts = [0, 1, 2, 3, 4].map((p) => {
      const own = randomSource(seed).fork(`partition ${p}`);
      return normalisedCut(subsampledKMeans(rows, { ...options, random: own }).labels, neighbours, 4);
    });
    expect(normalisedCut(chosen.labels, neighbours, 4)).toBe(Math.min(...cuts));
  });

  test('no partition at all is refused', () => {
    const neighbours = { count: 0, indices: new Int32Array() };
    const run = () =>
      leastCutKMeans(points(1), { clusters: 2, neighbours, partitions: 0, random: randomSource(1) });
    expect(run).toThrow(expect.objectContaining({ code: 'option' }));
  });
});
