import { randomSource } from '@crossmodal/core';
import { largestEigenRows, operatorOf } from '@crossmodal/linalg';
import { expect, test } from 'vitest';
import { partition, sparseGroups } from '../../tests/graphs.js';
import { spectralClustering } from '../assign/spectral-clustering.js';
import { normalisedAdjacency } from '../graph/normalised-adjacency.js';
import { spectralEmbedding } from './spectral-embedding.js';

const n = 10_200;
const graph = sparseGroups(n, { groups: 4, isolated: 3, random: randomSource(1) });
const options = { clusters: 7, extraEigenvectors: 1, random: randomSource(2) };

test('one thread and two find the same embedding, to the last bit; it has the tolerance it claims', () => {
  const plain = { ...options, weighting: 'none', rowNormalise: false, tolerance: 1e-9 } as const;
  const [one, two] = [1, 2].map((threads) => spectralEmbedding(graph, { ...plain, threads }));
  expect(two).toEqual(one);
  const { embedding, eigenvalues } = one!;
  expect([...eigenvalues.slice(0, 4)].map((w) => Math.round(w * 1e9) / 1e9)).toEqual([1, 1, 1, 1]);
  const operator = operatorOf(normalisedAdjacency(graph));
  const image = new Float64Array(n);
  for (let j = 0; j < embedding.columns; j++) {
    const vector = Float64Array.from({ length: n }, (_, i) => embedding.values[i * embedding.columns + j]!);
    operator.multiply(vector, image, 1);
    expect(
      Math.sqrt(image.reduce((sum, y, i) => sum + (y - eigenvalues[j]! * vector[i]!) ** 2, 0)),
    ).toBeLessThan(1.1e-9);
  }
});

test('polynomials and a Krylov space find the same eigenvalues', () => {
  const { size, multiply, filter, release } = operatorOf(normalisedAdjacency(graph));
  const search = { count: 6, random: randomSource(3) };
  const filtered = largestEigenRows({ size, multiply, filter: filter!, release: release! }, search);
  const krylov = largestEigenRows({ size, multiply }, search);
  filtered.values.forEach((value, c) => expect(value).toBeCloseTo(krylov.values[c]!, 10));
});

test('groups are found beside vertices without edges, which join or are clusters', () => {
  const truth = Array.from({ length: n }, (_, i) => (i < n - 3 ? i % 4 : 0));
  const { labels, components } = spectralClustering(graph, { ...options, clusters: 4, fragments: 'join' });
  expect([...components.joined]).toEqual([n - 3, n - 2, n - 1]);
  const kept = labels.subarray(0, n - 3);
  const [found, wanted] = [partition(kept), partition(truth)];
  expect(found.filter((label, i) => label !== wanted[i]).length).toBeLessThan(n / 100);
  expect(components.count).toBe(4);
});

test('more components than columns take no search at all', () => {
  const scattered = sparseGroups(n, { groups: 4, isolated: 2000, random: randomSource(1) });
  const { eigenvalues, embedding } = spectralEmbedding(scattered, options);
  expect([...eigenvalues]).toEqual(new Array(8).fill(1));
  // The largest component has the first of the columns that its vertices meet; some without edges have the others.
  const filled = Array.from({ length: n }, (_, i) => embedding.values.subarray(8 * i, 8 * i + 8)).filter(
    (row) => row.includes(1),
  );
  expect(filled).toHaveLength(n - 2000 + 7);
});

test('a signal stops it', () => {
  expect(() => spectralEmbedding(graph, { ...options, signal: AbortSignal.abort() })).toThrow(
    expect.objectContaining({ code: 'aborted' }),
  );
});
