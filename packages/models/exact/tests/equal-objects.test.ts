import { denseMatrix, fromRows, paired, randomSource, vectors, type Paired } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createExact, type ExactOptions } from '../src/index.js';

const graphs = fc.constantFrom<ExactOptions['graphs'] & string>('R', 'F2', 'C5');

/** Labels in the order in which they first occur, so that equal partitions are equal arrays. */
function partition(labels: ArrayLike<number>): number[] {
  const names = new Map<number, number>();
  return Array.from(labels, (label) => {
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label)!;
  });
}

/** Few different objects, each several times over, in random order, and which of them each row is. */
const repeated = fc
  .record({
    seed: fc.nat(),
    counts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 7 }),
    dimensions: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }),
  })
  .filter(({ counts }) => counts.reduce((a, b) => a + b, 0) > 1)
  .map(({ seed, counts, dimensions }) => {
    const random = randomSource(seed);
    const owners = counts.flatMap((count, owner) => new Array<number>(count).fill(owner));
    const owner = Int32Array.from(random.permutation(owners.length), (i) => owners[i]!);
    const modalities = dimensions.map((d, v) => {
      const different = counts.map(() => Array.from({ length: d }, () => 5 * random.normal()));
      return vectors(`m${v}`, fromRows(Array.from(owner, (g) => different[g]!)));
    });
    return { data: paired(modalities), owner, groups: counts.length };
  });

test.prop([repeated, fc.nat(5), graphs, fc.nat(100)], { numRuns: 60 })(
  'at least as many clusters as different objects: each is a cluster',
  async ({ data, owner, groups }, more, recipe, seed) => {
    const clusters = Math.min(groups + more, data.n);
    const fitted = await createExact({ graphs: recipe }).fit(data, { clusters, seed });
    expect(partition(fitted.labels)).toEqual(partition(owner));
    expect(new Set(fitted.labels)).toEqual(new Set(Array.from({ length: groups }, (_, c) => c)));
    expect(fitted.embedding.values.every(Number.isFinite)).toBe(true);
    expect(fitted.affinity.values.every(Number.isFinite)).toBe(true);
    expect((await fitted.predict(data)).every((label) => label >= 0 && label < groups)).toBe(true);
    fitted.dispose();
  },
);

test.prop([repeated, graphs, fc.nat(100)], { numRuns: 30 })(
  'equal objects share a cluster, whatever the number of clusters',
  async ({ data, owner }, recipe, seed) => {
    for (const clusters of new Set([1, Math.ceil(data.n / 2), data.n])) {
      const fitted = await createExact({ graphs: recipe }).fit(data, { clusters, seed });
      const label = new Map<number, number>();
      owner.forEach((g, i) => {
        expect(fitted.labels[i]).toBe(label.get(g) ?? fitted.labels[i]);
        label.set(g, fitted.labels[i]!);
      });
      fitted.dispose();
    }
  },
);

describe.each(['R', 'F2', 'C5'] as const)('a modality whose rows are all equal, graphs %s', (recipe) => {
  test.prop(
    [
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      fc.nat(100),
    ],
    { numRuns: 15 },
  )('leaves well separated clusters as they are (row, first or last, seed)', async (row, first, seed) => {
    const n = 48;
    const { data, labels } = gaussianBlobs({
      n,
      clusters: 3,
      modalities: [{ dimension: 8, separation: 30 }],
      random: randomSource(seed),
    });
    const values = Float64Array.from({ length: n * row.length }, (_, p) => row[p % row.length]!);
    const flat = vectors('flat', denseMatrix(values, n, row.length));
    const both: Paired = paired(first ? [flat, ...data.modalities] : [...data.modalities, flat]);
    const fitted = await createExact({ graphs: recipe }).fit(both, { clusters: 3, seed });
    expect(partition(fitted.labels)).toEqual(partition(labels));
    expect(fitted.affinity.values.every(Number.isFinite)).toBe(true);
    // Whatever its value is, nothing of it is left.
    const zeros = vectors('flat', denseMatrix(new Float64Array(values.length), n, row.length));
    const other = paired(both.modalities.map((modality) => (modality === flat ? zeros : modality)));
    const plain = await createExact({ graphs: recipe }).fit(other, { clusters: 3, seed });
    expect(fitted.affinity.values).toEqual(plain.affinity.values);
    fitted.dispose();
    plain.dispose();
  });
});
