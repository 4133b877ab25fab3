import { denseMatrix, fromRows, randomSource, toCsr } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { equalComponents, partition, permuted, plantedGraph } from '../../tests/graphs.js';
import { clusterCountFromEigengap } from '../embedding/cluster-count-from-eigengap.js';
import { discretise } from './discretise.js';
import type { SpectralClusteringOptions } from './clustered-graph.js';
import { spectralClustering } from './spectral-clustering.js';
import { spectralEmbedding } from '../embedding/spectral-embedding.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });
const groups = fc.integer({ min: 2, max: 6 });
const few = { numRuns: 5 };
const remainders = (n: number, k: number): number[] => Array.from({ length: n }, (_, i) => i % k);

const variants: readonly (readonly [string, Partial<SpectralClusteringOptions>])[] = [
  ['default', {}],
  ['Ng, Jordan and Weiss', { weighting: 'none' }],
  ['random walk', { weighting: 'none', rowNormalise: false, degreeScale: true }],
  ['discretised', { assignment: 'discretize' }],
];

describe.each(variants)('%s', (_, options) => {
  // Both below and above the size from which the iterative solver is used.
  test.prop([seed, groups, fc.integer({ min: 60, max: 240 })], few)('finds planted groups', (s, k, n) => {
    const graph = plantedGraph(n, k, 0.05, randomSource(s));
    const { labels } = spectralClustering(graph, { clusters: k, random: randomSource(s), ...options });
    expect(partition(labels)).toEqual(remainders(n, k));
  });

  test.prop([seed, groups, fc.integer({ min: 20, max: 200 })], few)(
    'permuting the vertices permutes the labels',
    (s, k, n) => {
      // Hardly clusterable, so that an unsteady run would show.
      const graph = plantedGraph(n, k, 0.6, randomSource(s));
      const order = randomSource(s).fork('order').permutation(n);
      const before = spectralClustering(graph, { clusters: k, random: randomSource(1), ...options });
      const after = spectralClustering(permuted(graph, order, true), {
        clusters: k,
        random: randomSource(1),
        ...options,
      });
      expect(after.labels).toEqual(Int32Array.from(order, (from) => before.labels[from]!));
      expect(after.inertia).toBeCloseTo(before.inertia, 5);
    },
  );

  test.prop([seed, groups], few)(
    'dense and sparse give one partition, at any scale of the weights',
    (s, k) => {
      const graph = plantedGraph(140, k, 0.1, randomSource(s));
      const scaled = denseMatrix(
        graph.values.map((w) => w * 1000),
        140,
        140,
      );
      const run = (a: Parameters<typeof spectralClustering>[0]): Int32Array =>
        spectralClustering(a, { clusters: k, random: randomSource(s), ...options }).labels;
      expect(run(toCsr(graph))).toEqual(run(graph));
      expect(run(scaled)).toEqual(run(graph));
    },
  );

  test.prop([seed, fc.integer({ min: 2, max: 12 })], { numRuns: 5 })(
    'tells components apart',
    (s, copies) => {
      const graph = equalComponents(15, copies, randomSource(s));
      const { labels } = spectralClustering(graph, { clusters: copies, random: randomSource(s), ...options });
      expect(partition(labels)).toEqual(Array.from({ length: 15 * copies }, (_, i) => Math.floor(i / 15)));
    },
  );

  test('one vertex, one cluster, and as many clusters as vertices', () => {
    const random = randomSource(1);
    expect(spectralClustering(fromRows([[0]]), { clusters: 1, random, ...options }).labels).toEqual(
      Int32Array.of(0),
    );
    const graph = plantedGraph(12, 3, 0.2, randomSource(1));
    expect(new Set(spectralClustering(graph, { clusters: 1, random, ...options }).labels)).toEqual(
      new Set([0]),
    );
    expect(
      spectralClustering(graph, { clusters: 12, random, ...options }).labels.every(
        (label) => label >= 0 && label < 12,
      ),
    ).toBe(true);
  });
});

test.prop([seed], few)('eigenvectors are weighed by exp(-bandwidth (1 - w_j) / g)', (s) => {
  const graph = plantedGraph(60, 3, 0.1, randomSource(s));
  const common = { clusters: 3, extraEigenvectors: 4, rowNormalise: false };
  const plain = spectralEmbedding(graph, { ...common, weighting: 'none', random: randomSource(s) });
  const heat = spectralEmbedding(graph, { ...common, bandwidth: 0.7, random: randomSource(s) });
  expect(heat.embedding.columns).toBe(7);
  const gap = Math.max(1 - plain.eigenvalues[2]!, 1e-3);
  plain.embedding.values.forEach((u, p) => {
    const factor = Math.exp((-0.7 * (1 - Math.max(0, plain.eigenvalues[p % 7]!))) / gap);
    expect(heat.embedding.values[p]).toBeCloseTo(factor * u, 10);
  });
});

test.prop([seed], few)('damped eigenvectors may be rough, the embedding is not', (s) => {
  const graph = plantedGraph(200, 4, 0.05, randomSource(s));
  const rough = spectralEmbedding(graph, { clusters: 4, random: randomSource(s) }).embedding;
  const exact = spectralEmbedding(graph, {
    clusters: 4,
    random: randomSource(s),
    tolerance: 1e-11,
  }).embedding;
  // Distances do not depend on the basis; residuals of 1e-7 over the gaps of this graph leave about 1e-5.
  for (let i = 1; i < 200; i++) {
    const distance = ({ values, columns }: typeof rough): number =>
      Math.hypot(...values.subarray(0, columns).map((x, j) => x - values[i * columns + j]!));
    expect(distance(rough)).toBeCloseTo(distance(exact), 4);
  }
});

test.prop([seed, groups], few)('the eigengap counts planted groups', (s, k) => {
  const graph = plantedGraph(30 * k, k, 0.03, randomSource(s));
  expect(clusterCountFromEigengap(graph, { random: randomSource(s) })).toBe(k);
  const { eigenvalues } = spectralEmbedding(graph, {
    clusters: 12,
    weighting: 'none',
    random: randomSource(s),
  });
  expect(clusterCountFromEigengap(eigenvalues)).toBe(k);
  expect(clusterCountFromEigengap(eigenvalues, { minimum: k + 1, maximum: k + 1 })).toBe(k + 1);
});

test('a range of clusters is settled by the eigengap', () => {
  const graph = plantedGraph(30, 6, 0.02, randomSource(4));
  const random = randomSource(1);
  const found = spectralClustering(graph, { clusters: {}, random });
  expect(found.clusters).toBe(6);
  const stated = spectralClustering(graph, { clusters: 6, random });
  expect(stated.clusters).toBe(6);
  expect(found.labels).toEqual(stated.labels);
  const few = spectralClustering(graph, { clusters: { maximum: 3 }, random });
  expect(few.clusters).toBeLessThanOrEqual(3);
  expect(new Set(few.labels).size).toBe(few.clusters);
});

test('what is neither a number nor a range is refused', () => {
  const graph = plantedGraph(12, 3, 0, randomSource(1));
  for (const clusters of [undefined, null, '3', { min: 1 }, [2, 3]]) {
    const options = { clusters, random: randomSource(1) } as unknown as SpectralClusteringOptions;
    expect(() => spectralClustering(graph, options)).toThrow(expect.objectContaining({ code: 'option' }));
  }
});

test('the eigengap says when there is none to see', () => {
  const graph = plantedGraph(100, 25, 0, randomSource(2));
  const random = randomSource(1);
  expect(() => clusterCountFromEigengap(graph, { random })).toThrow(
    expect.objectContaining({ code: 'value', message: expect.stringContaining('raise maximum') }),
  );
  expect(clusterCountFromEigengap(graph, { random, maximum: 30 })).toBe(25);
  expect(() => clusterCountFromEigengap([1, 0.5, 0.5, 0.5])).toThrow(
    expect.objectContaining({ code: 'value', message: expect.stringContaining('state their number') }),
  );
});

test('the eigengap refuses bad ranges, rising values and a missing source of randomness', () => {
  const option = expect.objectContaining({ code: 'option' });
  expect(() => clusterCountFromEigengap([1, 0.5, 0.2], { maximum: 3 })).toThrow(option);
  expect(() => clusterCountFromEigengap([1, 0.5])).toThrow(/3 vertices or eigenvalues at least/);
  expect(() => clusterCountFromEigengap([1, 0.5, 0.2, 0.1], { minimum: 3, maximum: 2 })).toThrow(option);
  expect(() => clusterCountFromEigengap(plantedGraph(9, 3, 0, randomSource(1)))).toThrow(option);
  expect(() => clusterCountFromEigengap([0.1, 0.5, 1, 2])).toThrow(
    expect.objectContaining({ code: 'value' }),
  );
});

test.prop([seed, fc.integer({ min: 1, max: 6 })])(
  'discretisation undoes any rotation of a partition matrix',
  (s, k) => {
    const n = 10 * k;
    const random = randomSource(s);
    // A product of plane rotations.
    const rows = Float64Array.from({ length: n * k }, (_, p) => (p % k === Math.floor(p / k) % k ? 1 : 0));
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < a; b++) {
        const angle = 2 * Math.PI * random.uniform();
        for (let i = 0; i < n; i++) {
          const x = rows[i * k + a]!;
          const y = rows[i * k + b]!;
          rows[i * k + a] = Math.cos(angle) * x - Math.sin(angle) * y;
          rows[i * k + b] = Math.sin(angle) * x + Math.cos(angle) * y;
        }
      }
    }
    expect(partition(discretise(denseMatrix(rows, n, k), { random }))).toEqual(remainders(n, k));
  },
);

test('options and input are checked, and a signal stops the search', () => {
  const graph = plantedGraph(130, 3, 0.2, randomSource(1));
  const run =
    (options: object, a = graph) =>
    () =>
      spectralClustering(a, { clusters: 3, random: randomSource(1), ...options });
  const option = expect.objectContaining({ code: 'option' });
  for (const bad of [
    { clusters: 0 },
    { clusters: 131 },
    { restarts: 0 },
    { extraEigenvectors: -1 },
    { bandwidth: -1 },
    { weighting: 'cold' },
    { assignment: 'guess' },
    { tolerance: 0 },
  ]) {
    expect(run(bad)).toThrow(option);
  }
  expect(run({ signal: AbortSignal.abort() })).toThrow(expect.objectContaining({ code: 'aborted' }));
  expect(
    run(
      {},
      fromRows([
        [0, -1],
        [-1, 0],
      ]),
    ),
  ).toThrow(expect.objectContaining({ code: 'value' }));
  expect(run({}, fromRows([[0, 1]]))).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(
    run(
      {},
      fromRows([
        [0, Number.NaN],
        [Number.NaN, 0],
      ]),
    ),
  ).toThrow(expect.objectContaining({ code: 'value' }));
});
