import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fitNeighbourWhitening } from '../components/neighbour-whitening.js';
import { restoreTransform } from '../fitted/restore-transform.js';
import { fitPlaces } from './places.js';

const drawn = (n: number, d: number, seed: number): DenseMatrix<Float64Array> => {
  const random = randomSource(seed);
  return denseMatrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
};
const rowsOf = ({ rows, columns, values }: DenseMatrix) =>
  Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
const sizes = fc.integer({ min: 2, max: 30 });
const widths = fc.integer({ min: 1, max: 4 });
const seeds = fc.nat(1000);

describe('places', () => {
  test.prop([sizes, widths, seeds])(
    'are the formula in plain loops: (z, 4) to unit length (n, d, seed)',
    (n, d, seed) => {
      const features = drawn(n, d, seed);
      const placed = rowsOf(fitPlaces(features).apply(features));
      rowsOf(fitNeighbourWhitening(features).apply(features)).forEach((z, i) => {
        const row = [...z, 4];
        row.forEach((x, j) => expect(placed[i]![j]).toBeCloseTo(x / Math.hypot(...row), 5));
      });
    },
  );

  test('tell groups apart that lie on one line through the origin, one of them at it', () => {
    const random = randomSource(3);
    const features = denseMatrix(
      Float64Array.from({ length: 60 }, (_, p) => 10 * (Math.floor(p / 2) % 3) + 0.1 * random.normal()),
      30,
      2,
    );
    const placed = rowsOf(fitPlaces(features).apply(features));
    const distance = (a: number, b: number) => Math.hypot(...placed[a]!.map((x, j) => x - placed[b]![j]!));
    for (let i = 3; i < 30; i++)
      expect(distance(i, i % 3)).toBeLessThan(
        0.5 * Math.min(distance(i, (i + 1) % 3), distance(i, (i + 2) % 3)),
      );
  });

  test.prop([sizes, widths, seeds])('come back from a saved state bit for bit (n, d, seed)', (n, d, seed) => {
    const features = drawn(n, d, seed);
    const transform = fitPlaces(features);
    expect(restoreTransform(transform.name, transform.state).apply(features)).toEqual(
      transform.apply(features),
    );
  });

  test('that are absent are zeros and teach nothing; rows that are all equal are zeros', () => {
    const features = denseMatrix(Float64Array.of(1, 5, 1e9, 9), 4, 1);
    const present = Uint8Array.of(1, 1, 0, 1);
    const alone = denseMatrix(Float64Array.of(1, 5, 9), 3, 1);
    const [a, b, gone, c] = rowsOf(fitPlaces(features, { present }).apply(features, present));
    expect(gone).toEqual([0, 0]);
    expect([a, b, c]).toEqual(rowsOf(fitPlaces(alone).apply(alone)));
    const same = denseMatrix(new Float64Array(6).fill(0.1), 6, 1);
    expect(
      fitPlaces(same)
        .apply(same)
        .values.every((x) => x === 0),
    ).toBe(true);
  });

  test('of another number of features, and states that are not whole, are refused', () => {
    const transform = fitPlaces(drawn(4, 2, 1));
    expect(() => transform.apply(drawn(4, 3, 1))).toThrow(/2 columns/);
    for (const key of Object.keys(transform.state)) {
      const { [key]: _, ...rest } = transform.state;
      expect(() => restoreTransform('places', rest)).toThrow(new RegExp(key));
    }
  });
});
