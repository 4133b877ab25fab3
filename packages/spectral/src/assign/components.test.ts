import { denseMatrix, fromRows, randomSource, toCsr, type Matrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { blockGraph, partition, permuted, type BlockGraph } from '../../tests/graphs.js';
import { clusterCountFromEigengap } from '../embedding/cluster-count-from-eigengap.js';
import { connectedComponents } from '../graph/connected-components.js';
import type { SpectralClusteringOptions } from './clustered-graph.js';
import { spectralClustering } from './spectral-clustering.js';
import { spectralEmbedding } from '../embedding/spectral-embedding.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });
/** Sizes of components, single vertices among them, on both sides of the size from which the iterative eigen-solver is used. */
const sizes = fc
  .array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 10, max: 70 })), {
    minLength: 1,
    maxLength: 7,
  })
  .map((list) => [...list, 1]);
const graph = fc
  .record({ seed, sizes, density: fc.constantFrom(0, 0.1, 0.5, 1), loops: fc.boolean() })
  .map(({ seed: s, sizes: blocks, density, loops }) => ({
    sizes: blocks,
    ...blockGraph(blocks, { density, loops, random: randomSource(s) }),
  }));

const routes: readonly (readonly [string, Partial<SpectralClusteringOptions>])[] = [
  ['default', {}],
  ['Ng, Jordan and Weiss', { weighting: 'none' }],
  ['random walk', { weighting: 'none', rowNormalise: false, degreeScale: true }],
  ['neither scaled nor normalised', { rowNormalise: false }],
  ['discretised', { assignment: 'discretize' }],
  [
    'random walk, discretised',
    { weighting: 'none', rowNormalise: false, degreeScale: true, assignment: 'discretize' },
  ],
];

/** Blocks that carry more than one label. */
function torn({ blocks }: BlockGraph, labels: Int32Array): number[] {
  const seen = new Map<number, Set<number>>();
  blocks.forEach((block, i) => seen.set(block, (seen.get(block) ?? new Set()).add(labels[i]!)));
  return [...seen].filter(([, found]) => found.size > 1).map(([block]) => block);
}

/** Whether some label is carried by two blocks. */
function mixed({ blocks }: BlockGraph, labels: Int32Array): boolean {
  const owner = new Map<number, number>();
  return blocks.some((block, i) => {
    const first = owner.get(labels[i]!) ?? block;
    owner.set(labels[i]!, first);
    return first !== block;
  });
}

describe.each(routes)('%s', (_, options) => {
  const run = (affinity: Matrix, clusters: number, s: number): Int32Array =>
    spectralClustering(affinity, { clusters, random: randomSource(s), restarts: 2, ...options }).labels;

  test.prop([graph, fc.boolean(), seed], { numRuns: 25 })(
    'with as many clusters as components, components stay whole',
    (blocks, sparse, s) => {
      const affinity = sparse ? toCsr(blocks.affinity) : blocks.affinity;
      const labels = run(affinity, blocks.sizes.length, s);
      expect(partition(labels)).toEqual(partition(blocks.blocks));
    },
  );

  test.prop([graph, fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }), seed], { numRuns: 10 })(
    'with fewer clusters than components, whole components share them',
    (blocks, sparse, share, s) => {
      const clusters = 1 + Math.floor(share * (blocks.sizes.length - 1));
      const labels = run(sparse ? toCsr(blocks.affinity) : blocks.affinity, clusters, s);
      expect(torn(blocks, labels)).toEqual([]);
      expect(new Set(labels)).toEqual(new Set(Array.from({ length: clusters }, (_, c) => c)));
    },
  );

  test.prop([graph, fc.boolean(), fc.integer({ min: 1, max: 4 }), seed], { numRuns: 10 })(
    'with more clusters than components, no cluster spans two',
    (blocks, sparse, more, s) => {
      const clusters = Math.min(blocks.sizes.length + more, blocks.blocks.length);
      const labels = run(sparse ? toCsr(blocks.affinity) : blocks.affinity, clusters, s);
      expect(mixed(blocks, labels)).toBe(false);
      expect(labels.every((label) => label >= 0 && label < clusters)).toBe(true);
    },
  );
});

test('fewer clusters than components come out about equal in size, whatever the order of the vertices', () => {
  const list = [20, 15, 9, 5, 2, 1];
  for (let s = 0; s < 20; s++) {
    const { affinity, blocks } = blockGraph(list, { density: 0.5, loops: false, random: randomSource(s) });
    const { labels } = spectralClustering(affinity, { clusters: 3, random: randomSource(s) });
    const joined = new Map<number, Set<number>>();
    blocks.forEach((block, i) =>
      joined.set(labels[i]!, (joined.get(labels[i]!) ?? new Set()).add(list[block]!)),
    );
    // In turn, to the cluster that has the fewest vertices: 5 to 9, 2 to these 14, 1 to 15.
    expect([...joined.values()].map((set) => [...set].sort((a, b) => b - a).join()).sort()).toEqual(
      ['15,1', '20', '9,5,2'].sort(),
    );
    const order = randomSource(s).fork('order').permutation(blocks.length);
    const after = spectralClustering(permuted(affinity, order, true), {
      clusters: 3,
      random: randomSource(s),
    });
    expect(after.labels).toEqual(Int32Array.from(order, (from) => labels[from]!));
  }
});

test('the component whose own structure says so is split', () => {
  // Two halves of 20 that are hardly joined, a dense block of 30, and two single vertices.
  const { affinity, blocks } = blockGraph([40, 30, 1, 1], {
    density: 1,
    loops: false,
    random: randomSource(3),
  });
  const n = blocks.length;
  const rank = new Int32Array(n);
  const counted = new Int32Array(4);
  blocks.forEach((block, i) => (rank[i] = counted[block]!++));
  const half = (i: number): number => (blocks[i] === 0 && rank[i]! >= 20 ? 1 : 0);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (half(i) !== half(j)) affinity.values[i * n + j]! *= 0.02;
  const wanted = Array.from(blocks, (block, i) => 2 * block + half(i));
  for (const matrix of [affinity, toCsr(affinity)]) {
    for (let s = 0; s < 5; s++) {
      const { labels } = spectralClustering(matrix, { clusters: 5, random: randomSource(s) });
      expect(partition(labels)).toEqual(partition(wanted));
    }
    expect(clusterCountFromEigengap(matrix, { random: randomSource(1) })).toBe(5);
  }
});

test.prop([graph], { numRuns: 25 })(
  'eigenvalue 1 occurs once per component, and no vertex without edges lends the heat scale its 0',
  (blocks) => {
    const clusters = blocks.sizes.length;
    const options = { clusters, random: randomSource(1), rowNormalise: false };
    const { eigenvalues, embedding } = spectralEmbedding(blocks.affinity, options);
    expect(eigenvalues.filter((w) => w > 1 - 1e-9)).toHaveLength(clusters);
    // 1 - w_c = 0, so that g = 1e-3: what is beyond the components is damped by it.
    const plain = spectralEmbedding(blocks.affinity, {
      ...options,
      weighting: 'none',
      extraEigenvectors: embedding.columns - clusters,
    });
    const lengths = ({ values, columns, rows }: typeof embedding, j: number): number =>
      Math.hypot(...Array.from({ length: rows }, (_, i) => values[i * columns + j]!));
    for (let j = 0; j < embedding.columns; j++) {
      const factor = Math.exp((-0.5 * (1 - Math.min(1, Math.max(0, eigenvalues[j]!)))) / 1e-3);
      expect(lengths(embedding, j)).toBeCloseTo(factor * lengths(plain.embedding, j), 9);
    }
  },
);

test.prop([graph, seed], { numRuns: 25 })(
  'a vertex without edges has a unit row, orthogonal to all others',
  (blocks, s) => {
    const { embedding } = spectralEmbedding(blocks.affinity, {
      clusters: blocks.sizes.length,
      weighting: 'none',
      random: randomSource(s),
    });
    const { rows, columns, values } = embedding;
    const single = blocks.blocks.indexOf(blocks.sizes.length - 1);
    for (let i = 0; i < rows; i++) {
      let dot = 0;
      for (let j = 0; j < columns; j++) dot += values[i * columns + j]! * values[single * columns + j]!;
      expect(dot).toBeCloseTo(i === single ? 1 : 0, 6);
    }
  },
);

test.each([1, 2, 5, 130])('%i vertices and no edge', (n) => {
  const affinity = denseMatrix(new Float64Array(n * n), n, n);
  for (const matrix of [affinity, toCsr(affinity)]) {
    for (const clusters of new Set([1, Math.min(3, n), n])) {
      const { labels, embedding } = spectralClustering(matrix, { clusters, random: randomSource(1) });
      const counts = new Float64Array(clusters);
      for (const label of labels) counts[label]!++;
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      expect(embedding.values.every(Number.isFinite)).toBe(true);
    }
  }
});

test('the eigengap counts vertices without edges', () => {
  for (const [list, count] of [
    [[8, 8, 1], 3],
    [[20, 1], 2],
    [[40, 40, 1, 1, 1, 1, 1, 1], 8],
    [[100, 60, 1], 3],
  ] as const) {
    const { affinity } = blockGraph(list, { density: 1, loops: false, random: randomSource(2) });
    expect(clusterCountFromEigengap(affinity, { random: randomSource(1) })).toBe(count);
    expect(clusterCountFromEigengap(toCsr(affinity), { random: randomSource(1) })).toBe(count);
  }
  const empty = denseMatrix(new Float64Array(25), 5, 5);
  expect(() => clusterCountFromEigengap(empty, { random: randomSource(1) })).toThrow(/state their number/);
});

describe.each([1e-310, 1e-200, 1e-12, 1, 1e12, 1e300])('weights about %d', (scale) => {
  test.each(routes)('%s', (_, options) => {
    for (const list of [
      [8, 8, 1],
      [70, 60, 3, 1],
    ]) {
      const { affinity, blocks } = blockGraph(list, { density: 0.6, loops: false, random: randomSource(5) });
      const scaled = denseMatrix(
        affinity.values.map((w) => w * scale),
        affinity.rows,
        affinity.rows,
      );
      for (const matrix of [scaled, toCsr(scaled)]) {
        const { labels } = spectralClustering(matrix, {
          clusters: list.length,
          random: randomSource(1),
          ...options,
        });
        expect(partition(labels)).toEqual(partition(blocks));
      }
    }
  });
});

test.each(routes)('components joined by weights of 1e-12 are told apart: %s', (_, options) => {
  for (const list of [
    [8, 8, 4],
    [80, 70, 5],
  ]) {
    const { affinity, blocks } = blockGraph(list, { density: 0.8, loops: false, random: randomSource(6) });
    const n = blocks.length;
    const [a, b, c] = [0, 1, 2].map((block) => blocks.indexOf(block));
    for (const [i, j] of [
      [a!, b!],
      [b!, c!],
    ] as const)
      affinity.values[i * n + j] = affinity.values[j * n + i] = 1e-12;
    for (let s = 0; s < 3; s++) {
      const { labels } = spectralClustering(affinity, { clusters: 3, random: randomSource(s), ...options });
      expect(partition(labels)).toEqual(partition(blocks));
    }
  }
});

test('weights that add up to more than a number holds are refused', () => {
  const huge = fromRows([
    [0, 1e308, 1e308],
    [1e308, 0, 1e308],
    [1e308, 1e308, 0],
  ]);
  expect(() => spectralClustering(huge, { clusters: 2, random: randomSource(1) })).toThrow(
    expect.objectContaining({ code: 'value', message: expect.stringContaining('largest entry') }),
  );
});

test('one of two mirrored entries joins their vertices, in either order of the vertices', () => {
  // Within what rounding may leave of symmetry.
  for (const [i, j] of [
    [0, 2],
    [2, 0],
  ] as const) {
    const affinity = fromRows([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 0],
    ]);
    affinity.values[i * 3 + j] = 1e-7;
    for (const matrix of [affinity, toCsr(affinity)]) {
      expect(connectedComponents(matrix).count).toBe(1);
      const { labels } = spectralClustering(matrix, { clusters: 2, random: randomSource(1) });
      expect(labels.every((label) => label === 0 || label === 1)).toBe(true);
    }
  }
});
