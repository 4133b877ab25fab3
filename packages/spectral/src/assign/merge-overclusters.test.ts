import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { mergeOverclusters } from './merge-overclusters.js';

const rowOf = ({ columns, values }: DenseMatrix<Float32Array>, i: number) =>
  values.subarray(i * columns, (i + 1) * columns);

/** Means over lists of the same length. */
const meansOver =
  (lists: readonly (readonly number[])[]) =>
  ({ rows, columns, values }: DenseMatrix) => {
    const means = new Float64Array(rows * columns);
    lists.forEach((list, i) => {
      for (const j of list)
        for (let c = 0; c < columns; c++) means[i * columns + c]! += values[j * columns + c]! / list.length;
    });
    return denseMatrix(means, rows, columns);
  };

describe('mergeOverclusters', () => {
  test.prop([fc.nat(999), fc.integer({ min: 2, max: 4 })], { numRuns: 20 })(
    'parts of a cluster whose objects are neighbours come together (seed, k)',
    (seed, k) => {
      const parts = 3;
      const n = 12 * k * parts;
      const random = randomSource(seed);
      // Two of the overclusters stay empty.
      const names = random.permutation(k * parts + 2);
      const part = Int32Array.from({ length: n }, (_, i) => i % (k * parts));
      const over = new Float32Array(n * names.length);
      part.forEach((value, i) => (over[i * names.length + names[value]!] = 1));
      // Neighbours in the same cluster, of any part.
      const lists = Array.from(part, (own) =>
        Array.from({ length: 6 }, () => (own % k) + k * random.integer(n / k)),
      );
      const { memberships, information } = mergeOverclusters(denseMatrix(over, n, names.length), {
        clusters: k,
        neighbourMeans: meansOver(lists),
      });
      const labels = Array.from({ length: n }, (_, i) => rowOf(memberships, i).indexOf(1));
      for (let i = 0; i < n; i++) expect(labels[i]).toBe(labels[i % k]);
      expect(new Set(labels).size).toBe(k);
      expect(information).toBeCloseTo(Math.log(k), 5);
    },
  );

  test('fewer overclusters in use than clusters: the heaviest are kept', () => {
    const over = fromRows([
      [0.8, 0.15, 0.05],
      [0.7, 0.2, 0.1],
    ]);
    const { memberships } = mergeOverclusters(over, { clusters: 2 });
    const [first, second] = rowOf(memberships, 0);
    expect(first! + second!).toBeCloseTo(1, 6);
    expect(first).toBeCloseTo(0.8 / 0.95, 5);
  });

  test('where nobody has neighbours, objects are their own', () => {
    const over = fromRows([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    const none = ({ rows, columns }: DenseMatrix) =>
      denseMatrix(new Float64Array(rows * columns), rows, columns);
    const alone = mergeOverclusters(over, { clusters: 2, neighbourMeans: none });
    expect(alone).toEqual(mergeOverclusters(over, { clusters: 2 }));
    expect([...alone.memberships.values]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(alone.information).toBeCloseTo(Math.log(2), 9);
  });

  test('a single object is one cluster', () => {
    const { memberships, information } = mergeOverclusters(fromRows([[0.6, 0.4]]), { clusters: 1 });
    expect([...memberships.values]).toEqual([1]);
    expect(information).toBeCloseTo(0, 9);
  });

  test.each([
    ['a negative membership', [[1, -1]], { clusters: 1 }, 'value'],
    ['zeros', [[0, 0]], { clusters: 1 }, 'value'],
    ['more clusters than overclusters', [[1, 1]], { clusters: 3 }, 'option'],
    ['half a sweep', [[1, 1]], { clusters: 1, sweeps: 0.5 }, 'option'],
    [
      'means of another shape',
      [
        [1, 0],
        [0, 1],
      ],
      { clusters: 1, neighbourMeans: () => fromRows([[1]]) },
      'shape',
    ],
  ])('%s is refused', (_, rows, options, code) => {
    expect(() => mergeOverclusters(fromRows(rows), options)).toThrow(expect.objectContaining({ code }));
  });
});
