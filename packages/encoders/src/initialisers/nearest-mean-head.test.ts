import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { nearestMeanHead, type LinearHead } from './nearest-mean-head.js';

function logits({ kernel, offsets }: LinearHead, row: readonly number[]): number[] {
  return Array.from(offsets, (offset, c) =>
    row.reduce((sum, value, j) => sum + value * kernel.values[j * offsets.length + c]!, offset),
  );
}

const rowOf = ({ columns, values }: DenseMatrix, i: number) =>
  Array.from(values.subarray(i * columns, (i + 1) * columns));

test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 40 })(
  'the differences of logits are those of squared distances from the means, scaled by half the sharpness over the spread (k, d, seed)',
  (k, d, seed) => {
    const random = randomSource(seed);
    const n = 6 * k;
    const latents = denseMatrix(
      Float64Array.from({ length: n * d }, () => 3 + random.normal()),
      n,
      d,
    );
    const labels = Int32Array.from({ length: n }, (_, i) => i % k);
    const mean = (rows: number[]) =>
      Array.from(
        { length: d },
        (_, j) => rows.reduce((sum, i) => sum + latents.values[i * d + j]!, 0) / rows.length,
      );
    const all = Array.from({ length: n }, (_, i) => i);
    const means = Array.from({ length: k }, (_, c) => mean(all.filter((i) => labels[i] === c)));
    const squared = (a: number[], b: number[]) => a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);
    const middle = mean(all);
    const spread = all.reduce((sum, i) => sum + squared(rowOf(latents, i), middle) / n, 0);
    const head = nearestMeanHead(latents, labels, { classes: k, sharpness: 7 });
    for (const i of all) {
      const row = rowOf(latents, i);
      const found = logits(head, row);
      const expected = means.map((own) => (-7 / (2 * spread)) * squared(row, own));
      // Weights are 4-byte numbers of magnitude up to a hundred or so.
      for (let c = 1; c < k; c++) expect(found[c]! - found[0]!).toBeCloseTo(expected[c]! - expected[0]!, 2);
    }
  },
);

test('a class without rows is at the middle of all, and latents that are all alike give zeros', () => {
  const { kernel, offsets } = nearestMeanHead(fromRows([[0], [2]]), [0, 2], { classes: 3 });
  expect([...kernel.values]).toEqual([-20, 0, 20]);
  expect([...offsets]).toEqual([10, 0, -30]);
  const same = nearestMeanHead(fromRows([[3], [3]]), [0, 1], { classes: 2 });
  expect([...same.kernel.values, ...same.offsets].every((value) => value === 0)).toBe(true);
});

test.each([
  ['no rows', [], [], { classes: 1 }, 'shape'],
  ['too few labels', [[1], [2]], [0], { classes: 1 }, 'shape'],
  ['a label beyond the classes', [[1]], [1], { classes: 1 }, 'value'],
  ['no class', [[1]], [0], { classes: 0 }, 'option'],
  ['a negative sharpness', [[1]], [0], { classes: 1, sharpness: -1 }, 'option'],
])('%s is refused', (_, rows, labels, options, code) => {
  expect(() => nearestMeanHead(fromRows(rows), labels, options)).toThrow(expect.objectContaining({ code }));
});
