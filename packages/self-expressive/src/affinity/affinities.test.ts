import {
  csrMatrix,
  denseMatrix,
  fromRows,
  randomSource,
  toCsr,
  toDense,
  type DenseMatrix,
} from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect } from 'vitest';
import {
  connectivity,
  lowRankPowerAffinity,
  meanAffinity,
  sparsity,
  strongestAffinity,
  strongestRows,
  symmetricAffinity,
  thresholdCoefficients,
} from '../index.js';

const side = fc.integer({ min: 1, max: 14 });
const seeds = fc.nat(10_000);

function coefficients(n: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: n * n }, () => random.normal());
  for (let i = 0; i < n; i++) values[i * n + i] = 0;
  return denseMatrix(values, n, n);
}

function permuted(s: DenseMatrix, order: Int32Array): DenseMatrix<Float32Array> {
  const n = s.rows;
  return denseMatrix(
    Float32Array.from({ length: n * n }, (_, p) => s.values[order[Math.floor(p / n)]! * n + order[p % n]!]!),
    n,
    n,
  );
}

function expectSymmetric(a: DenseMatrix): void {
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < i; j++) expect(a.values[i * a.rows + j]).toBe(a.values[j * a.rows + i]);
  }
}

describe('strongestAffinity', () => {
  test.prop([side, fc.integer({ min: 1, max: 20 }), seeds])(
    'follows its definition (n, k, seed)',
    (n, neighbours, seed) => {
      const s = coefficients(n, seed);
      const b = new Float64Array(n * n);
      for (let i = 0; i < n; i++) {
        const row = [...s.values.subarray(i * n, (i + 1) * n)]
          .map((value, j) => ({ size: Math.abs(value), j }))
          .filter(({ j }) => j !== i);
        row.sort((p, q) => q.size - p.size);
        for (const { size, j } of row.slice(0, neighbours)) b[i * n + j] = size / row[0]!.size;
      }
      const affinity = strongestAffinity(s, { neighbours });
      const dense = toDense(affinity);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++)
          expect(dense.values[i * n + j]).toBeCloseTo((b[i * n + j]! + b[j * n + i]!) / 2, 6);
      }
      expectSymmetric(dense);
      csrMatrix(n, n, affinity.rowOffsets, affinity.columnIndices, affinity.values);
      expect(strongestAffinity(toCsr(s), { neighbours })).toEqual(affinity);
    },
  );

  test.prop([side, fc.integer({ min: 1, max: 20 }), seeds])(
    'permuting the samples permutes the graph (n, k, seed)',
    (n, neighbours, seed) => {
      const s = coefficients(n, seed);
      const order = randomSource(seed).fork('order').permutation(n);
      const expected = permuted(toDense(strongestAffinity(s, { neighbours })), order);
      expect(toDense(strongestAffinity(permuted(s, order), { neighbours })).values).toEqual(expected.values);
    },
  );

  test.prop([side, fc.integer({ min: 1, max: 20 }), seeds])(
    'positive coefficients alone are those of the matrix without its negative ones, dense as sparse (n, k, seed)',
    (n, neighbours, seed) => {
      const s = coefficients(n, seed);
      const clipped = denseMatrix(
        s.values.map((value) => Math.max(value, 0)),
        n,
        n,
      );
      const affinity = strongestAffinity(s, { neighbours, sign: 'positive' });
      expect(affinity).toEqual(strongestAffinity(clipped, { neighbours }));
      expect(strongestAffinity(toCsr(s), { neighbours, sign: 'positive' })).toEqual(affinity);
      const opposite = denseMatrix(
        s.values.map((value) => -value),
        n,
        n,
      );
      expect(strongestAffinity(opposite, { neighbours, sign: 'negative' })).toEqual(affinity);
    },
  );

  test('ties go to the smaller column, empty rows stay empty, the diagonal never counts', () => {
    const s = fromRows([
      [9, 1, -1, 1],
      [0, 0, 0, 0],
      [0, 0, 7, 0.5],
      [0, 0, 0, 0],
    ]);
    expect(toDense(strongestRows(s, { neighbours: 2, diagonal: false })).values).toEqual(
      Float32Array.of(0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
    );
    expect(strongestRows(s, { neighbours: 1 }).columnIndices[0]).toBe(0);
    expect(() => strongestAffinity(s, { neighbours: 1.5 })).toThrow(/neighbours/);
    expect(() => strongestAffinity(fromRows([[1, 2]]), { neighbours: 1 })).toThrow(/square/);
  });
});

describe('meanAffinity', () => {
  test.prop([side, fc.integer({ min: 1, max: 4 }), seeds])(
    'is the mean entry by entry (n, graphs, seed)',
    (n, count, seed) => {
      const graphs = Array.from({ length: count }, (_, g) =>
        strongestAffinity(coefficients(n, seed + g), { neighbours: 2 }),
      );
      const mean = toDense(meanAffinity(graphs));
      const dense = graphs.map((graph) => toDense(graph));
      for (let p = 0; p < n * n; p++) {
        const expected = dense.reduce((sum, graph) => sum + graph.values[p]!, 0) / count;
        expect(mean.values[p]).toBeCloseTo(expected, 6);
      }
      expectSymmetric(mean);
    },
  );

  test('refuses no graphs and graphs of different size', () => {
    expect(() => meanAffinity([])).toThrow(/one graph/);
    expect(() => meanAffinity([toCsr(fromRows([[1]])), toCsr(fromRows([[1, 0]]))])).toThrow(/one shape/);
  });
});

test.prop([side, seeds])('symmetricAffinity is (|S| + |S|^T) / 2 (n, seed)', (n, seed) => {
  const s = coefficients(n, seed);
  const a = symmetricAffinity(s);
  expectSymmetric(a);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      expect(a.values[i * n + j]).toBeCloseTo(
        (Math.abs(s.values[i * n + j]!) + Math.abs(s.values[j * n + i]!)) / 2,
        6,
      );
    }
  }
});

describe('thresholdCoefficients', () => {
  test.prop([side, fc.double({ min: 0.01, max: 0.99, noNaN: true }), seeds])(
    'keeps the fewest entries of each column whose sum exceeds the share (n, energy, seed)',
    (n, energy, seed) => {
      const s = coefficients(n, seed);
      const kept = thresholdCoefficients(s, { energy });
      for (let j = 0; j < n; j++) {
        const column = Array.from({ length: n }, (_, i) => Math.abs(s.values[i * n + j]!));
        const chosen = Array.from({ length: n }, (_, i) => kept.values[i * n + j]!);
        chosen.forEach((value, i) => expect(value === 0 || value === s.values[i * n + j]).toBe(true));
        const sizes = chosen.map(Math.abs).filter((size) => size > 0);
        const total = column.reduce((sum, size) => sum + size, 0);
        if (total === 0) continue;
        const sum = sizes.reduce((a, b) => a + b, 0);
        expect(sum).toBeGreaterThan(energy * total);
        expect(sum - Math.min(...sizes)).toBeLessThanOrEqual(energy * total + 1e-9);
        // What is kept is not smaller than what is dropped.
        const dropped = column.filter((_, i) => chosen[i] === 0);
        expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.max(0, ...dropped));
      }
    },
  );

  test('all the energy keeps everything, ties keep the smaller row, and bad shares are refused', () => {
    const s = coefficients(5, 1);
    expect(thresholdCoefficients(s, { energy: 1 }).values).toEqual(s.values);
    const equal = denseMatrix(Float32Array.of(1, 1, 1, 1), 4, 1);
    expect([...thresholdCoefficients(equal, { energy: 0.3 }).values]).toEqual([1, 1, 0, 0]);
    expect(() => thresholdCoefficients(s, { energy: 0 })).toThrow(/energy/);
  });
});

describe('lowRankPowerAffinity', () => {
  test.prop([fc.integer({ min: 6, max: 24 }), fc.integer({ min: 1, max: 3 }), seeds], { numRuns: 20 })(
    'agrees with the full decomposition where it keeps all of it (n, clusters, seed)',
    (n, clusters, seed) => {
      const before = tf.memory().numTensors;
      // Rank 2 per cluster at most, all of which the truncation keeps, so that no gap in the spectrum matters.
      const random = randomSource(seed);
      const x = new Matrix(
        Array.from({ length: n }, () => Array.from({ length: clusters }, () => random.normal())),
      );
      const c = x.mmul(x.transpose());
      const s = denseMatrix(Float32Array.from(c.to1DArray()), n, n);
      const actual = lowRankPowerAffinity(s, { clusters, dimension: 1, power: 3 });
      expect(tf.memory().numTensors).toBe(before);
      expectSymmetric(actual);
      const eigen = new EigenvalueDecomposition(c, { assumeSymmetric: true });
      const rows = Array.from({ length: n }, (_, i) => {
        const row = eigen.realEigenvalues.map((value, j) =>
          value > 1e-6 ? eigen.eigenvectorMatrix.get(i, j) * Math.sqrt(value) : 0,
        );
        const norm = Math.hypot(...row);
        return row.map((value) => value / norm);
      });
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const cosine = rows[i]!.reduce((sum, value, p) => sum + value * rows[j]![p]!, 0);
          // The largest is 1, a row with itself.
          expect(Math.abs(actual.values[i * n + j]! - Math.max(cosine, 0) ** 3)).toBeLessThan(5e-3);
        }
      }
    },
  );

  test('blocks of coefficients become blocks of affinity; the same call gives the same values; options are used', () => {
    const n = 12;
    const block = Float32Array.from({ length: n * n }, (_, p) =>
      Math.floor(p / n) % 2 === p % 2 && Math.floor(p / n) !== p % n ? 1 : 0,
    );
    const s = denseMatrix(block, n, n);
    const affinity = lowRankPowerAffinity(s, { clusters: 2, dimension: 1 });
    expect(affinity).toEqual(lowRankPowerAffinity(s, { clusters: 2, dimension: 1 }));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) if (i % 2 !== j % 2) expect(affinity.values[i * n + j]).toBeLessThan(1e-3);
    }
    const noisy = coefficients(n, 4);
    const base = lowRankPowerAffinity(noisy, { clusters: 2, dimension: 2 }).values;
    expect(lowRankPowerAffinity(noisy, { clusters: 2, dimension: 3 }).values).not.toEqual(base);
    expect(lowRankPowerAffinity(noisy, { clusters: 2, dimension: 2, power: 2 }).values).not.toEqual(base);
    expect(() => lowRankPowerAffinity(noisy, { clusters: 0 })).toThrow(/clusters/);
  });

  test('coefficients that are not finite are refused, and leave no tensor', () => {
    const before = tf.memory().numTensors;
    const broken = denseMatrix(new Float32Array(16).fill(NaN), 4, 4);
    expect(() => lowRankPowerAffinity(broken, { clusters: 2 })).toThrow(/finite/);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('zero coefficients give a zero affinity', () => {
    const zero = denseMatrix(new Float32Array(16), 4, 4);
    expect(Math.max(...lowRankPowerAffinity(zero, { clusters: 2 }).values)).toBe(0);
  });
});

describe('diagnostics', () => {
  test('components are counted, sized and labelled in order', () => {
    const affinity = fromRows([
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0.1],
      [0, 0, 0, 5, 0],
      [0, 0, 0.1, 0, 0],
    ]);
    const expected = { components: 3, largest: 3, isolated: 2, labels: Int32Array.of(0, 1, 0, 2, 0) };
    expect(connectivity(affinity)).toEqual(expected);
    expect(connectivity(toCsr(affinity))).toEqual(expected);
    expect(connectivity(affinity, { tolerance: 0.5 }).components).toBe(4);
    expect(() => connectivity(fromRows([[1, 2]]))).toThrow(/square/);
  });

  test.prop([side, seeds])(
    'sparsity is the share of zeros off the diagonal, dense as sparse (n, seed)',
    (n, seed) => {
      const graph = strongestAffinity(coefficients(n, seed), { neighbours: 1 });
      const share = sparsity(graph);
      expect(sparsity(toDense(graph))).toBe(share);
      expect(share).toBeCloseTo(n === 1 ? 1 : 1 - graph.values.length / (n * (n - 1)), 12);
      expect(sparsity(graph, { tolerance: 0.99 })).toBeGreaterThanOrEqual(share);
    },
  );
});
