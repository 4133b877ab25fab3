import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { centred, normal } from '../../tests/points.js';
import { clusterMeans } from './cluster-means.js';
import { clusterModalities } from './cluster-modalities.js';
import { clusterSizes } from './cluster-sizes.js';
import { clusterStability } from './cluster-stability.js';
import { graphClusters } from './graph-clusters.js';
import { stableModalities } from './stable-modalities.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const refusal = (code: string): unknown => expect.objectContaining({ code });

/** Noise with four clusters far apart, `[n, 6]`. */
function fourClusters(n: number, seed: number): DenseMatrix<Float32Array> {
  const noise = normal(n, 6, seed);
  const values = noise.values.map((value, p) => value + (p % 6 === Math.floor(p / 6) % 4 ? 12 : 0));
  return centred(denseMatrix(values, n, 6));
}

/** Unit vectors near one of two directions, in turn, `[n, 2]`. */
function directions(n: number): DenseMatrix<Float64Array> {
  return fromRows(
    Array.from({ length: n }, (_, i) => {
      const angle = (i % 2) * 1.5 + i / (8 * n);
      return [Math.cos(angle), Math.sin(angle)];
    }),
  );
}

describe('clusterMeans', () => {
  test.prop([fc.integer({ min: 1, max: 5 }), fc.nat(999)], { numRuns: 20 })(
    'weighted by their sizes, they have the mean of all rows (clusters, seed)',
    (clusters, seed) => {
      const points = normal(12, 3, seed);
      const random = randomSource(seed);
      const labels = Int32Array.from({ length: 12 }, () => random.integer(clusters));
      const [means, sizes] = [clusterMeans(points, labels, clusters), clusterSizes(labels, clusters)];
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12);
      for (let j = 0; j < 3; j++) {
        let [whole, weighted] = [0, 0];
        for (let i = 0; i < 12; i++) whole += points.values[i * 3 + j]!;
        for (let c = 0; c < clusters; c++) weighted += sizes[c]! * means.values[c * 3 + j]!;
        expect(weighted).toBeCloseTo(whole, 9);
      }
    },
  );

  test('an empty cluster has the mean of all rows; labels that do not fit are refused', () => {
    const points = fromRows([
      [0, 0],
      [2, 4],
    ]);
    expect([...clusterMeans(points, Int32Array.of(0, 0), 2).values]).toEqual([1, 2, 1, 2]);
    expect(() => clusterMeans(points, Int32Array.of(0), 2)).toThrow(refusal('shape'));
    expect(() => clusterMeans(points, Int32Array.of(0, 2), 2)).toThrow(refusal('value'));
    expect(() => clusterMeans(points, Int32Array.of(0, 0), 0)).toThrow(refusal('option'));
    expect(() => clusterSizes(Int32Array.of(-1), 2)).toThrow(refusal('value'));
  });
});

describe('clusterStability', () => {
  test('clusters are stable, noise is not (seed 1)', () => {
    const options = { clusters: 4, random: randomSource(1) };
    expect(clusterStability(fourClusters(120, 1), options)).toBeGreaterThan(0.99);
    expect(clusterStability(centred(normal(120, 6, 1)), options)).toBeLessThan(0.6);
    expect(clusterStability(centred(normal(5, 6, 2)), options)).toBe(0);
  });

  test('each setting changes what noise comes to; settings that cannot be are refused (seed 2)', () => {
    const noise = centred(normal(60, 8, 2));
    const of = (change: object) =>
      clusterStability(noise, { clusters: 5, random: randomSource(2), ...change });
    for (const change of [{ splits: 1 }, { coordinates: 1 }, { restarts: 1 }, { clusters: 2 }])
      expect(of(change), JSON.stringify(change)).not.toBe(of({}));
    for (const change of [{ splits: 0 }, { coordinates: 0 }, { restarts: 0.5 }, { clusters: 0 }])
      expect(() => of(change)).toThrow(refusal('option'));
  });
});

describe('graphClusters', () => {
  test('two directions are two clusters, and an abort is heard', async () => {
    const options = { clusters: 2, random: randomSource(0) };
    const labels = await graphClusters(directions(20), options);
    expect([...labels]).toEqual(Array.from({ length: 20 }, (_, i) => labels[i % 2]!));
    expect(labels[0]).not.toBe(labels[1]);
    await expect(graphClusters(directions(20), { ...options, signal: AbortSignal.abort() })).rejects.toThrow(
      refusal('aborted'),
    );
  });

  test.each([
    { width: 0.3 },
    { ridgeReference: 5 },
    { extraEigenvectors: 0 },
    { bandwidth: 3 },
    { restarts: 1 },
    { recipes: [{ kernel: 'linear', scope: 'joint', ridge: 5, neighbours: 3 }] as const },
  ])('%o changes the clusters of noise (seed 3)', async (change) => {
    const noise = normal(110, 6, 3);
    const options = { clusters: 6, random: randomSource(3) };
    const plain = await graphClusters(noise, options);
    expect([...(await graphClusters(noise, { ...options, ...change }))]).not.toEqual([...plain]);
  });
});

describe('clusterModalities', () => {
  test('each modality is clustered by itself, whatever stands beside it, and every step is told (seed 4)', async () => {
    const steps: number[] = [];
    const views = [
      { rows: directions(20), points: centred(directions(20)) },
      { rows: normal(30, 3, 4), points: centred(normal(30, 3, 4)) },
    ];
    const options = { clusters: 2, random: randomSource(4) };
    const both = await clusterModalities(views, {
      ...options,
      pause: (step, of) => {
        expect(of).toBe(2);
        steps.push(step);
        return Promise.resolve();
      },
    });
    expect(both.labels.map(({ length }) => length)).toEqual([20, 30]);
    expect(both.stabilities[0]).toBeGreaterThan(0.99);
    expect(both.stabilities[0]).toBeGreaterThan(both.stabilities[1]!);
    expect([...new Set(steps)]).toEqual([0, 1, 2]);
    const alone = await clusterModalities(views.slice(0, 1), options);
    expect(alone.labels[0]).toEqual(both.labels[0]);
    expect(alone.stabilities[0]).toBe(both.stabilities[0]);
  });
});

describe('stableModalities', () => {
  test.prop([
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 }),
    fc.nat(99),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ])(
    'two at least, ascending, the anchor among them; none left out that is as stable (stabilities, anchor, share)',
    (stabilities, any, share) => {
      const anchor = any % stabilities.length;
      const stable = stableModalities(stabilities, { anchor, share });
      expect(stable).toContain(anchor);
      expect(stable.length).toBeGreaterThanOrEqual(2);
      expect(stable).toEqual([...stable].sort((a, b) => a - b));
      const floor = share * Math.max(...stabilities);
      const left = stabilities.filter((_, v) => !stable.includes(v));
      for (const stability of left) expect(stability).toBeLessThan(floor);
      expect(stableModalities(stabilities, { anchor, share: 0 })).toHaveLength(stabilities.length);
    },
  );

  test('an anchor or a share that cannot be is refused', () => {
    expect(() => stableModalities([1, 1], { anchor: 2, share: 1 })).toThrow(refusal('option'));
    expect(() => stableModalities([1, 1], { anchor: 0, share: 1.5 })).toThrow(refusal('option'));
  });
});
