import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { fitSqc } from '../scaling/sqc.js';
import { fitUnitRows } from '../scaling/unit-rows.js';
import { applyWhitening, fitWhitening } from './whitening.js';

const seeds = fc.nat(999);

/** Features of deviations 1, 2, 3, ... around 5. */
function spread(n: number, d: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, (_, p) => 5 + (1 + (p % d)) * random.normal()),
    n,
    d,
  );
}

const columnOf = ({ rows, columns, values }: DenseMatrix, j: number) =>
  Array.from({ length: rows }, (_, i) => values[i * columns + j]!);
const meanSquare = (values: number[]) =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe('fitWhitening', () => {
  test.prop([seeds, fc.double({ min: 0, max: 0.5, noNaN: true })], { numRuns: 20 })(
    'components are centred and uncorrelated, with deviation 1 over all; the ridge keeps the weaker ones below the stronger (seed, ridge)',
    (seed, ridge) => {
      const features = spread(60, 5, seed);
      const options = { components: 3, ridge, random: randomSource(seed) };
      const whitened = applyWhitening(fitWhitening(features, { sphere: fitUnitRows, ...options }), features);
      const columns = [0, 1, 2].map((j) => columnOf(whitened, j));
      // Rounded to 4 bytes, sums of 60.
      expect(meanSquare(columns.flat())).toBeCloseTo(1, 4);
      for (const column of columns)
        expect(column.reduce((sum, value) => sum + value, 0) / 60).toBeCloseTo(0, 4);
      const product = columns[0]!.reduce((sum, value, i) => sum + value * columns[1]![i]!, 0) / 60;
      expect(product).toBeCloseTo(0, 4);
      const squares = columns.map(meanSquare);
      expect(squares[1]).toBeLessThan(squares[0]! + 1e-4);
      expect(squares[2]).toBeLessThan(squares[1]! + 1e-4);
      if (ridge === 0) for (const square of squares) expect(square).toBeCloseTo(1, 4);
    },
  );

  test.prop([seeds], { numRuns: 10 })(
    'what absent rows hold does not matter, and they give zeros (seed)',
    (seed) => {
      const features = spread(30, 4, seed);
      const present = Uint8Array.from({ length: 30 }, (_, i) => (i % 4 === 0 ? 0 : 1));
      const other = {
        ...features,
        values: features.values.map((value, p) => (present[p >> 2] ? value : 99)),
      };
      const of = (matrix: DenseMatrix) => {
        const options = { sphere: fitSqc, components: 2, random: randomSource(seed), present };
        return applyWhitening(fitWhitening(matrix, options), matrix, present);
      };
      expect(of(other)).toEqual(of(features));
      for (let p = 0; p < 2; p++) expect(of(features).values[p]).toBe(0);
    },
  );

  test('a sample is every so many rows (seed 1)', () => {
    const features = spread(40, 3, 1);
    const halves = denseMatrix(
      features.values.filter((_, p) => Math.floor(p / 3) % 2 === 0),
      20,
      3,
    );
    const options = { sphere: fitSqc, components: 2, random: randomSource(1) };
    const [some, all] = [
      fitWhitening(features, { ...options, sampleSize: 20 }),
      fitWhitening(halves, options),
    ];
    expect(some.components.state).toEqual(all.components.state);
    expect(some.factor).toBe(all.factor);
  });

  test('rows that are all alike give zeros', () => {
    const same = fromRows([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    const whitening = fitWhitening(same, { sphere: fitSqc, components: 9, random: randomSource(1) });
    expect(applyWhitening(whitening, same).values.every((value) => value === 0)).toBe(true);
  });

  test.each([
    ['no components', { components: 0 }, 'option'],
    ['an empty sample', { sampleSize: 0 }, 'option'],
    ['a negative ridge', { ridge: -1 }, 'option'],
    ['no present row', { present: Uint8Array.of(0, 0) }, 'shape'],
  ])('%s is refused', (_, options, code) => {
    const features = fromRows([
      [1, 2],
      [3, 5],
    ]);
    const given = { sphere: fitUnitRows, components: 1, random: randomSource(1), ...options };
    expect(() => fitWhitening(features, given)).toThrow(expect.objectContaining({ code }));
  });
});
