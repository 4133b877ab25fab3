import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { mergeByInformation } from './merge-by-information.js';

const seeds = fc.integer({ min: 0, max: 9999 });

/** A symmetric joint of m clusters, positive everywhere. */
function joint(m: number, seed: number): number[][] {
  const random = randomSource(seed);
  const half = Array.from({ length: m }, () =>
    Array.from({ length: m }, () => Math.exp(2 * random.normal())),
  );
  const both = half.map((row, a) => row.map((value, b) => value + half[b]![a]!));
  const sum = both.flat().reduce((total, value) => total + value, 0);
  return both.map((row) => row.map((value) => value / sum));
}

/** Mutual information of a joint that is merged by labels, by its definition. */
function information(p: readonly (readonly number[])[], labels: ArrayLike<number>): number {
  const k = Math.max(...Array.from(labels)) + 1;
  const merged = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  p.forEach((row, a) => row.forEach((value, b) => (merged[labels[a]!]![labels[b]!]! += value)));
  const masses = merged.map((row) => row.reduce((total, value) => total + value, 0));
  return merged
    .flatMap((row, c) =>
      row.map((value, d) => (value > 0 ? value * Math.log(value / (masses[c]! * masses[d]!)) : 0)),
    )
    .reduce((total, value) => total + value, 0);
}

describe('mergeByInformation', () => {
  test.prop([fc.integer({ min: 2, max: 7 }), seeds], { numRuns: 40 })(
    'one merge is the best of all, tried by the definition (m, seed)',
    (m, seed) => {
      const p = joint(m, seed);
      const labels = mergeByInformation(fromRows(p), { clusters: m - 1 });
      const kept = information(p, labels);
      for (let a = 0; a < m; a++) {
        for (let b = a + 1; b < m; b++) {
          let next = 0;
          const other: number[] = [];
          for (let c = 0; c < m; c++) other.push(c === b ? other[a]! : next++);
          expect(kept).toBeGreaterThan(information(p, other) - 1e-12);
        }
      }
    },
  );

  test.prop([fc.integer({ min: 2, max: 14 }), seeds], { numRuns: 30 })(
    'every merge is the best of those that are left, tried by the definition (m, seed)',
    (m, seed) => {
      const p = joint(m, seed);
      let labels = Array.from({ length: m }, (_, a) => a);
      for (let k = m; k > 1; k--) {
        // Numbered by first members, as merging the higher of two numbers into the lower keeps them.
        const tried = Array.from({ length: k }, (_, d) =>
          Array.from({ length: d }, (__, c) =>
            labels.map((label) => (label === d ? c : label > d ? label - 1 : label)),
          ),
        ).flat();
        const kept = tried.map((other) => information(p, other));
        labels = tried[kept.indexOf(Math.max(...kept))]!;
        expect([...mergeByInformation(fromRows(p), { clusters: k - 1 })]).toEqual(labels);
      }
    },
  );

  test.prop([fc.integer({ min: 3, max: 12 }), seeds], { numRuns: 30 })(
    'sweeps keep as much information or more, and end where no move of one gains (m, seed)',
    (m, seed) => {
      const p = joint(m, seed);
      const clusters = 2 + (seed % (m - 1));
      const once = information(p, mergeByInformation(fromRows(p), { clusters }));
      const labels = mergeByInformation(fromRows(p), { clusters, sweeps: 100 });
      const kept = information(p, labels);
      expect(kept).toBeGreaterThan(once - 1e-12);
      expect(new Set(labels).size).toBe(clusters);
      labels.forEach((own, a) => {
        if (labels.filter((label) => label === own).length === 1) return;
        for (let c = 0; c < clusters; c++) {
          const other = labels.map((label, b) => (a === b ? c : label));
          expect(kept).toBeGreaterThan(information(p, other) - 1e-9);
        }
      });
    },
  );

  test('sweeps take back a merge that later ones have made a poor one', () => {
    const found = Array.from({ length: 40 }, (_, seed) => joint(9, seed)).filter((p) => {
      const [merged, swept] = [0, 10].map((sweeps) =>
        information(p, mergeByInformation(fromRows(p), { clusters: 3, sweeps })),
      );
      return swept! > merged! + 1e-6;
    });
    expect(found.length).toBeGreaterThan(0);
  });

  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), seeds], { numRuns: 30 })(
    'parts of one cluster come together, whatever their order, and lose nothing (k, parts, seed)',
    (k, parts, seed) => {
      const random = randomSource(seed);
      const truth = Int32Array.from(random.permutation(k * parts), (part) => part % k);
      const weights = Float64Array.from(truth, () => 0.2 + random.uniform());
      const p = Array.from(truth, (own, a) =>
        Array.from(truth, (other, b) => (own === other ? 1 : 0.05) * weights[a]! * weights[b]!),
      );
      const labels = mergeByInformation(fromRows(p), { clusters: k });
      truth.forEach((own, a) =>
        truth.forEach((other, b) => expect(labels[a] === labels[b]).toBe(own === other)),
      );
      expect(new Set(labels).size).toBe(k);
    },
  );

  test.prop([fc.integer({ min: 1, max: 8 }), seeds], { numRuns: 30 })(
    'all clusters are used, the scale does not matter, and the joint stays as it was (m, seed)',
    (m, seed) => {
      const p = fromRows(joint(m, seed));
      const before = p.values.slice();
      const clusters = 1 + (seed % m);
      const labels = mergeByInformation(p, { clusters });
      expect(new Set(labels)).toEqual(new Set(Array.from({ length: clusters }, (_, c) => c)));
      expect(labels[0]).toBe(0);
      const scaled = denseMatrix(
        Float64Array.from(p.values, (value) => 64 * value),
        m,
        m,
      );
      expect(mergeByInformation(scaled, { clusters })).toEqual(labels);
      expect(p.values).toEqual(before);
    },
  );

  test.each([
    ['a joint that is not square', () => mergeByInformation(fromRows([[1, 2]]), { clusters: 1 }), 'shape'],
    ['a negative entry', () => mergeByInformation(fromRows([[-1]]), { clusters: 1 }), 'value'],
    ['zeros', () => mergeByInformation(fromRows([[0]]), { clusters: 1 }), 'value'],
    ['no cluster', () => mergeByInformation(fromRows([[1]]), { clusters: 0 }), 'option'],
    ['half a sweep', () => mergeByInformation(fromRows([[1]]), { clusters: 1, sweeps: 0.5 }), 'option'],
    ['too many', () => mergeByInformation(fromRows([[1]]), { clusters: 2 }), 'option'],
  ])('%s is refused', (_, run, code) => {
    expect(run).toThrow(expect.objectContaining({ code }));
  });
});
