import { denseMatrix, randomSource, vectors, type DenseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { nearestNeighbours } from '@crossmodal/self-expressive';
import { fc, test } from '@fast-check/vitest';
import { tf } from '@crossmodal/tensors';
import { beforeAll, describe, expect } from 'vitest';
import { balancedTargets } from '../src/balanced-targets.js';
import { alignInputs, applyInput, fitInputs } from '../src/dmim-input.js';
import { resolveDmimOptions } from '../src/dmim-options.js';
import { mergeOverclusters } from '../src/merge-overclusters.js';
import { meanOverModalities } from '../src/read-outputs.js';
import { pairsOf, sharedStructure } from '../src/shared-structure.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = fc.integer({ min: 0, max: 999 });

function normal(n: number, d: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

const rowOf = ({ columns, values }: DenseMatrix<Float32Array>, i: number) =>
  values.subarray(i * columns, (i + 1) * columns);

describe('sharedStructure', () => {
  test.prop([seeds], { numRuns: 10 })('noise has no weight, and weights are shares (seed)', async (seed) => {
    const n = 80;
    const base = normal(n, 4, seed);
    const copy = { ...base, values: base.values.map((value) => 2 * value) };
    const lists = [];
    for (const features of [base, normal(n, 4, seed + 1000), copy])
      lists.push(await nearestNeighbours(unitRows(features), { neighbours: 8 }));
    const { pairs, modalities } = sharedStructure(lists, n);
    expect(pairsOf(3)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    expect(pairs.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(modalities.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    // Chance alone is within a twentieth of equality.
    expect(pairs).toEqual([0, 1, 0]);
    expect(modalities).toEqual([0.5, 0, 0.5]);
  });

  test('where no pair does better than chance, all weigh the same', () => {
    const list = (rows: number[]) => ({ count: 1, indices: Int32Array.from(rows) });
    const { pairs, modalities } = sharedStructure([list([1, 0, 0, 0]), list([2, 3, 3, 2])], 4);
    expect([pairs, modalities]).toEqual([[1], [0.5, 0.5]]);
  });
});

describe('alignInputs', () => {
  test.prop([seeds], { numRuns: 10 })(
    'undoes a rotation, and new samples go the same way (seed)',
    async (seed) => {
      const n = 60;
      const first = normal(n, 3, seed);
      first.values.forEach((value, p) => (first.values[p] = value * (1 + (p % 3))));
      const turned = Float32Array.from(first.values);
      for (let i = 0; i < n; i++) {
        const [x, y] = [first.values[i * 3]!, first.values[i * 3 + 1]!];
        turned[i * 3] = 0.6 * x - 0.8 * y;
        turned[i * 3 + 1] = 0.8 * x + 0.6 * y;
      }
      const modalities = [vectors('a', first), vectors('b', { ...first, values: turned })];
      const options = resolveDmimOptions({ width: 3 });
      const fitted = await fitInputs(modalities, options, randomSource(seed));
      const aligned = alignInputs(fitted, 0);
      aligned[1]!.features.values.forEach((value, p) => {
        expect(value).toBeCloseTo(aligned[0]!.features.values[p]!, 3);
      });
      for (const v of [0, 1]) {
        const again = await applyInput(aligned[v]!.input, modalities[v]!);
        again.values.forEach((value, p) => expect(value).toBeCloseTo(aligned[v]!.features.values[p]!, 3));
      }
    },
  );

  test.prop([seeds, fc.boolean()], { numRuns: 10 })(
    'keeps all distances, also of a modality wider than the reference (seed, wide first)',
    async (seed, wideFirst) => {
      const sizes = wideFirst ? [6, 3] : [3, 6];
      const modalities = sizes.map((d, v) => vectors(`m${v}`, normal(30, d, seed + v)));
      const fitted = await fitInputs(modalities, resolveDmimOptions({}), randomSource(seed));
      const [, after] = alignInputs(fitted, 0);
      const before = fitted[1]!;
      const distance = (m: DenseMatrix<Float32Array>, i: number, j: number) =>
        Math.hypot(...rowOf(m, i).map((value, q) => value - rowOf(m, j)[q]!));
      for (let i = 1; i < 30; i++)
        expect(distance(after!.features, 0, i)).toBeCloseTo(distance(before.features, 0, i), 3);
    },
  );
});

describe('balancedTargets', () => {
  test.prop([seeds, fc.boolean()], { numRuns: 20 })(
    'rows sum to 1, clusters are even when asked, absent rows stay zero (seed, balanced)',
    (seed, balanced) => {
      const [n, k] = [40, 4];
      const values = normal(n, k, seed).values.map(Math.exp);
      values.fill(0, 3 * k, 4 * k);
      const before = values.slice();
      const memberships = denseMatrix(values, n, k);
      const targets = balancedTargets(memberships, { power: 1.5, balanced, maxIterations: 200 });
      for (let i = 0; i < n; i++) {
        const sum = rowOf(targets, i).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(i === 3 ? 0 : 1, 5);
        const [row, given] = [rowOf(targets, i), rowOf(memberships, i)];
        if (!balanced && i !== 3) expect(row[0]! / row[1]!).toBeCloseTo((given[0]! / given[1]!) ** 1.5, 2);
      }
      if (balanced)
        for (let c = 0; c < k; c++) {
          let mass = 0;
          for (let i = 0; i < n; i++) mass += targets.values[i * k + c]!;
          // Rows are as near as 1e-2 to 1 when the scaling stops.
          expect(Math.abs(mass - (n - 1) / k)).toBeLessThan(0.02 * n);
        }
      expect(values).toEqual(before);
    },
  );
});

describe('mergeOverclusters', () => {
  test.prop([seeds, fc.integer({ min: 2, max: 4 })], { numRuns: 20 })(
    'parts of a cluster whose objects are neighbours come together (seed, k)',
    (seed, k) => {
      const parts = 3;
      const n = 12 * k * parts;
      const random = randomSource(seed);
      const names = random.permutation(k * parts + 2);
      const part = Int32Array.from({ length: n }, (_, i) => i % (k * parts));
      const over = new Float32Array(n * names.length);
      part.forEach((value, i) => (over[i * names.length + names[value]!] = 1));
      // Neighbours in the same cluster, of any part.
      const count = 6;
      const lists = Int32Array.from({ length: n * count }, (_, p) => {
        const own = part[Math.floor(p / count)]! % k;
        return own + k * random.integer(n / k);
      });
      const modality = {
        name: 'm',
        features: normal(n, 1, seed),
        present: undefined,
        weight: 1,
        neighbours: { count, indices: lists },
      };
      const { memberships, information } = mergeOverclusters(
        denseMatrix(over, n, names.length),
        [modality],
        k,
      );
      const labels = Array.from({ length: n }, (_, i) => rowOf(memberships, i).indexOf(1));
      for (let i = 0; i < n; i++) expect(labels[i]).toBe(labels[i % k]);
      expect(new Set(labels).size).toBe(k);
      expect(information).toBeCloseTo(Math.log(k), 5);
    },
  );

  test('fewer overclusters in use than clusters: the heaviest are kept', () => {
    const over = denseMatrix(Float32Array.of(0.8, 0.15, 0.05, 0.7, 0.2, 0.1), 2, 3);
    const modality = { name: 'm', features: normal(2, 1, 0), present: undefined, weight: 1 };
    const { memberships } = mergeOverclusters(over, [modality], 2);
    expect(rowOf(memberships, 0)[0]! + rowOf(memberships, 0)[1]!).toBeCloseTo(1, 6);
    expect(rowOf(memberships, 0)[0]).toBeCloseTo(0.8 / 0.95, 5);
  });
});

test('a single object without neighbours is one cluster', () => {
  const modality = { name: 'm', features: normal(1, 1, 0), present: undefined, weight: 1 };
  const none = { count: 0, indices: new Int32Array(0) };
  const over = denseMatrix(Float32Array.of(0.6, 0.4), 1, 2);
  const { memberships, information } = mergeOverclusters(over, [{ ...modality, neighbours: none }], 1);
  expect([...memberships.values]).toEqual([1]);
  expect(information).toBeCloseTo(0, 9);
});

describe('meanOverModalities', () => {
  test('weighs those that are present', () => {
    const matrix = (...values: number[]) => denseMatrix(Float32Array.from(values), 3, 1);
    const mean = meanOverModalities(
      [matrix(1, 2, 3), matrix(5, 6, 7)],
      [0.25, 0.75],
      [Uint8Array.of(1, 0, 0), Uint8Array.of(1, 1, 0)],
    );
    expect([...mean.values]).toEqual([4, 6, 0]);
  });
});
