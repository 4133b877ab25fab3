import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { restoreTransform } from '../fitted/restore-transform.js';
import { fitSphere } from './sphere.js';

const drawn = (n: number, d: number, seed: number, scale = 1, offset = 0): DenseMatrix<Float64Array> => {
  const random = randomSource(seed);
  return denseMatrix(
    Float64Array.from({ length: n * d }, () => offset + scale * random.normal()),
    n,
    d,
  );
};
const rowsOf = ({ rows, columns, values }: DenseMatrix) =>
  Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));

const sizes = fc.integer({ min: 2, max: 30 });
const widths = fc.integer({ min: 1, max: 3 });
const seeds = fc.nat(1000);

describe('rows on a sphere', () => {
  test.prop([sizes, widths, seeds])('have unit length, in one column more (n, d, seed)', (n, d, seed) => {
    const features = drawn(n, d, seed);
    const placed = fitSphere(features).apply(features);
    expect([placed.rows, placed.columns]).toEqual([n, d + 1]);
    for (const row of rowsOf(placed)) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  });

  test.prop([sizes, widths, seeds])(
    'are the formula in plain loops: (z, 4) to unit length, minus the mean, to unit length (n, d, seed)',
    (n, d, seed) => {
      const features = drawn(n, d, seed, 3, 7);
      const rows = rowsOf(features);
      const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
      const column = (j: number) => rows.map((row) => row[j]!);
      const unit = (row: readonly number[]) => row.map((x) => x / Math.hypot(...row));
      const lifted = rows.map((row) =>
        unit([
          ...row.map((x, j) => {
            const centre = mean(column(j));
            return (x - centre) / Math.sqrt(mean(column(j).map((y) => (y - centre) ** 2)));
          }),
          4,
        ]),
      );
      const centre = lifted[0]!.map((_, j) => mean(lifted.map((row) => row[j]!)));
      const placed = rowsOf(fitSphere(features).apply(features));
      lifted.forEach((row, i) => {
        const wanted = unit(row.map((x, j) => x - centre[j]!));
        // A row next to the mean is divided by a length in which single precision is seen.
        wanted.forEach((x, j) => expect(Math.abs(placed[i]![j]! - x)).toBeLessThan(1e-3));
      });
    },
  );

  test.prop([sizes, seeds])(
    'of one feature are different wherever values clearly are, at the origin too (n, seed)',
    (n, seed) => {
      const random = randomSource(seed);
      const groups = Float64Array.from(
        { length: 3 * n },
        (_, i) => 10 * (i % 3) - 10 + 0.02 * random.normal(),
      );
      const features = denseMatrix(groups, 3 * n, 1);
      const placed = rowsOf(fitSphere(features).apply(features));
      const distance = (a: number, b: number) => Math.hypot(...placed[a]!.map((x, j) => x - placed[b]![j]!));
      for (let i = 3; i < 3 * n; i++) {
        expect(distance(i, i % 3)).toBeLessThan(0.3);
        expect(distance(i, (i + 1) % 3)).toBeGreaterThan(0.5);
      }
    },
  );

  test.prop([sizes, widths, seeds, fc.constantFrom(1e-6, 0.3, 1e9)])(
    'do not depend on the units of the features (n, d, seed, factor)',
    (n, d, seed, factor) => {
      const [one, other] = [drawn(n, d, seed), drawn(n, d, seed, factor, 3 * factor)].map((features) =>
        rowsOf(fitSphere(features).apply(features)),
      );
      one!.forEach((row, i) =>
        row.forEach((x, j) => expect(Math.abs(other![i]![j]! - x)).toBeLessThan(1e-3)),
      );
    },
  );

  test.prop([sizes, widths, seeds])('come back from a saved state bit for bit (n, d, seed)', (n, d, seed) => {
    const features = drawn(n, d, seed);
    const transform = fitSphere(features);
    expect(restoreTransform(transform.name, transform.state).apply(features)).toEqual(
      transform.apply(features),
    );
  });

  test('that are absent are zeros and teach nothing; rows that are all equal are zeros', () => {
    const features = denseMatrix(Float64Array.of(1, 5, 1e9, 9), 4, 1);
    const present = Uint8Array.of(1, 1, 0, 1);
    const alone = denseMatrix(Float64Array.of(1, 5, 9), 3, 1);
    const [a, b, gone, c] = rowsOf(fitSphere(features, { present }).apply(features, present));
    expect(gone).toEqual([0, 0]);
    expect([a, b, c]).toEqual(rowsOf(fitSphere(alone).apply(alone)));
    const same = denseMatrix(new Float64Array(6).fill(0.1), 6, 1);
    expect(
      rowsOf(fitSphere(same).apply(same))
        .flat()
        .every((x) => x === 0),
    ).toBe(true);
  });

  test('of another number of features are refused', () => {
    expect(() => fitSphere(drawn(4, 2, 1)).apply(drawn(4, 3, 1))).toThrow(/2 columns/);
  });
});
