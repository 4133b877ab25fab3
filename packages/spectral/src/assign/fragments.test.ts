import { denseMatrix, randomSource, toCsr } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { blockGraph, partition } from '../../tests/graphs.js';
import { setFragmentsAside } from './set-fragments-aside.js';
import { spectralClustering } from './spectral-clustering.js';

const seed = fc.nat(0xffffffff);

describe('fragments', () => {
  test.prop([seed, fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 6 }), fc.boolean()], {
    numRuns: 12,
  })(
    'join the largest cluster, while the other components are clustered as if alone (seed, fragments, sparse)',
    (s, small, sparse) => {
      // Of 70 to 82 vertices and two clusters, fragments have fewer than 3.5 to 4.1.
      const sizes = [40, 30, ...small];
      const graph = blockGraph(sizes, { density: 0.6, loops: false, random: randomSource(s) });
      const affinity = sparse ? toCsr(graph.affinity) : graph.affinity;
      const options = { clusters: 2, random: randomSource(s) };
      const found = spectralClustering(affinity, { ...options, fragments: 'join' });
      const wanted = graph.blocks.map((block) => (block === 1 ? 1 : 0));
      expect(partition(found.labels)).toEqual(partition(wanted));
      expect([...found.components.joined]).toEqual(
        [...graph.blocks.keys()].filter((i) => graph.blocks[i]! > 1),
      );
      expect(found.components.count).toBe(sizes.length);
      expect([...found.components.sizes]).toEqual(sizes.toSorted((a, b) => b - a));
      for (const i of found.components.joined) {
        const { columns, values } = found.embedding;
        expect(values.subarray(i * columns, (i + 1) * columns).every((x) => x === 0)).toBe(true);
      }
    },
  );

  test.prop([seed], { numRuns: 5 })('without any, nothing changes (seed)', (s) => {
    const { affinity } = blockGraph([30, 25, 8], { density: 0.5, loops: false, random: randomSource(s) });
    const run = (fragments: 'keep' | 'join') =>
      spectralClustering(affinity, { clusters: 3, fragments, random: randomSource(s) });
    expect(run('join')).toEqual(run('keep'));
    expect(run('keep').components).toEqual({
      count: 3,
      sizes: Int32Array.of(30, 25, 8),
      joined: new Int32Array(0),
    });
  });

  test('kept, they share the clusters with the others', () => {
    const { affinity, blocks } = blockGraph([40, 30, 1], {
      density: 0.6,
      loops: false,
      random: randomSource(1),
    });
    const { labels, components } = spectralClustering(affinity, { clusters: 3, random: randomSource(1) });
    expect(partition(labels)).toEqual(partition(blocks));
    expect(components.joined).toHaveLength(0);
  });

  test('where all components are small there are none', () => {
    const labels = Int32Array.from({ length: 500 }, (_, i) => i);
    const { core, fragments } = setFragmentsAside({ labels, count: 500 }, 3);
    expect(core).toEqual(labels);
    expect(fragments).toHaveLength(0);
    const empty = denseMatrix(new Float64Array(900), 30, 30);
    const found = spectralClustering(empty, { clusters: 2, fragments: 'join', random: randomSource(1) });
    expect(found.components.sizes).toEqual(new Int32Array(30).fill(1));
    expect(new Set(found.labels)).toEqual(new Set([0, 1]));
  });

  test('of a range its maximum counts', () => {
    const { affinity } = blockGraph([50, 40, 3], { density: 0.8, loops: false, random: randomSource(2) });
    const joined = (maximum: number): number =>
      spectralClustering(affinity, { clusters: { maximum }, fragments: 'join', random: randomSource(1) })
        .components.joined.length;
    // 93 / 30 and 93 / 40 vertices.
    expect([joined(3), joined(4)]).toEqual([3, 0]);
  });

  test('another choice is refused', () => {
    const { affinity } = blockGraph([4, 4], { density: 1, loops: false, random: randomSource(1) });
    expect(() =>
      spectralClustering(affinity, { clusters: 2, fragments: 'drop' as 'join', random: randomSource(1) }),
    ).toThrow(expect.objectContaining({ code: 'option' }));
  });
});
