import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import {
  fitCentre,
  fitMinMax,
  fitPca,
  fitSignedSquareRoot,
  fitSqc,
  fitStandard,
  fitTfIdf,
  fitUnitRows,
  minMax,
  restoreTransform,
  type FittedTransform,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { largestDifference, matrix, permutationOf, permuted, rowsOf } from './arbitraries.js';

type Fit = (features: DenseMatrix, present?: Uint8Array) => FittedTransform;

const fits: Readonly<Record<string, Fit>> = {
  sqc: (features, present) => fitSqc(features, { present }),
  standard: (features, present) => fitStandard(features, { present }),
  minmax: (features, present) => fitMinMax(features, { present }),
  'minmax a column': (features, present) => fitMinMax(features, { present, per: 'column' }),
  centre: (features, present) => fitCentre(features, { present }),
  tfidf: (features, present) => fitTfIdf(features, { present }),
  unit: (features) => fitUnitRows(features),
  root: (features) => fitSignedSquareRoot(features),
};

/** Rounding of single precision on values up to 100, with room for sums in another order. */
const tolerance = 1e-3;

test('a range that is neither of a modality nor of a column is refused', () => {
  const features = denseMatrix(Float32Array.of(1, 2), 1, 2);
  for (const scale of [fitMinMax, minMax])
    expect(() => scale(features, { per: 'row' as 'column' })).toThrow(
      expect.objectContaining({ code: 'option', received: "'row'" }),
    );
});

describe.each(Object.entries(fits))('%s', (_, fit) => {
  test.prop([matrix, fc.nat(10)])('permuting the rows permutes the result', (features, shift) => {
    const order = permutationOf(features.rows, shift);
    const transform = fit(features);
    const shuffled = permuted(features, order);
    // The same transform: exactly. Fitted again: up to the order of summation.
    expect(transform.apply(shuffled).values).toEqual(permuted(transform.apply(features), order).values);
    const again = fit(shuffled);
    for (const [key, state] of Object.entries(transform.state)) {
      const other = again.state[key]!;
      if (typeof state === 'number') expect(other).toBe(state);
      else
        state.forEach((x, j) =>
          expect(Math.abs((other as Float32Array)[j]! - x)).toBeLessThanOrEqual(1e-5 * Math.abs(x) + 1e-6),
        );
    }
  });

  test.prop([matrix])('its state restores it bit for bit', (features) => {
    const transform = fit(features);
    const restored = restoreTransform(transform.name, transform.state);
    expect(restored.apply(features)).toEqual(transform.apply(features));
    expect(restored.keepsLayout).toBe(transform.keepsLayout);
  });

  test.prop([matrix, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 })])(
    'absent rows neither count nor appear',
    (features, flags) => {
      const present = Uint8Array.from({ length: features.rows }, (_, i) => (i === 0 || flags[i]! ? 1 : 0));
      const rows = rowsOf(features);
      const kept = rows.filter((_, i) => present[i] === 1);
      const alone = fit(denseMatrix(Float32Array.from(kept.flat()), kept.length, features.columns));
      const withAbsent = fit(features, present);
      expect(withAbsent.state).toEqual(alone.state);
      const result = rowsOf(withAbsent.apply(features, present));
      rows.forEach((_, i) => {
        if (present[i] === 0) expect(result[i]!.every((x) => x === 0)).toBe(true);
      });
      const expected = rowsOf(
        alone.apply(denseMatrix(Float32Array.from(kept.flat()), kept.length, features.columns)),
      );
      expect(result.filter((_, i) => present[i] === 1)).toEqual(expected);
    },
  );

  test.prop([matrix])('the input is not changed', (features) => {
    const before = features.values.slice();
    fit(features).apply(features);
    expect(features.values).toEqual(before);
  });

  test.prop([matrix])('other columns are refused', (features) => {
    const wider = denseMatrix(new Float32Array(features.columns + 1), 1, features.columns + 1);
    expect(() => fit(features).apply(wider)).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => fit(features).apply(features, new Uint8Array(features.rows + 1))).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  });
});

const root = (x: number) => Math.sign(x) * Math.sqrt(Math.abs(x));
const unit = (row: number[]) => {
  const norm = Math.max(Math.hypot(...row), 1e-12);
  return row.map((x) => x / norm);
};
const means = (rows: number[][]) =>
  rows[0]!.map((_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length);

test.prop([
  fc.integer({ min: 1, max: 60 }),
  fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
  fc.boolean(),
])('nothing is left of rows that are all equal', (n, row, single) => {
  const values = Array.from({ length: n }, () => row).flat();
  const typed = single ? Float32Array.from(values) : Float64Array.from(values);
  const features = denseMatrix(typed, n, row.length);
  expect(fitSqc(features).apply(features).values).toEqual(new Float32Array(values.length));
});

test.prop([matrix])('sqc follows its formula, and rows have unit length', (features) => {
  const first = rowsOf(features).map((row) => unit(row.map(root)));
  const mean = means(first);
  const centred = first.map((row) => row.map((x, j) => x - mean[j]!));
  const result = fitSqc(features).apply(features);
  rowsOf(result).forEach((row, i) => {
    const length = Math.hypot(...centred[i]!);
    // A row that centring leaves at rounding level has no direction to compare.
    if (length < 1e-4) return;
    expect(Math.hypot(...row)).toBeCloseTo(1, 5);
    unit(centred[i]!).forEach((x, j) => expect(row[j]).toBeCloseTo(x, 3));
  });
});

test.prop([matrix])('standardised columns have mean 0 and deviation 1, or are constant', (features) => {
  const result = rowsOf(fitStandard(features).apply(features));
  const before = rowsOf(features);
  for (let j = 0; j < features.columns; j++) {
    const column = result.map((row) => row[j]!);
    const spread = Math.max(...before.map((row) => row[j]!)) - Math.min(...before.map((row) => row[j]!));
    // Below this the column varies by rounding, which the means in single precision do not resolve.
    if (spread < 0.01) continue;
    expect(column.reduce((a, b) => a + b, 0) / column.length).toBeCloseTo(0, 2);
    expect(Math.sqrt(column.reduce((a, b) => a + b * b, 0) / column.length)).toBeCloseTo(1, 2);
  }
});

test('a constant column is centred and not blown up', () => {
  const features = denseMatrix(Float32Array.of(0.1, 1, 0.1, 2, 0.1, 3), 3, 2);
  const result = rowsOf(fitStandard(features).apply(features));
  result.forEach((row) => expect(Math.abs(row[0]!)).toBeLessThan(1e-6));
});

test.prop([matrix, fc.constantFrom('modality' as const, 'column' as const)])(
  'min-max fills 0..1',
  (features, per) => {
    const result = fitMinMax(features, { per }).apply(features);
    for (const x of result.values) {
      expect(x).toBeGreaterThanOrEqual(-1e-6);
      expect(x).toBeLessThanOrEqual(1 + 1e-6);
    }
    if (new Set(features.values).size > 1 && per === 'modality') {
      expect(Math.min(...result.values)).toBeCloseTo(0, 6);
      expect(Math.max(...result.values)).toBeCloseTo(1, 6);
    }
  },
);

test('tf-idf lifts rare terms', () => {
  const counts = denseMatrix(Float32Array.of(1, 1, 1, 0, 1, 0), 3, 2);
  const result = fitTfIdf(counts).apply(counts);
  expect(result.values[0]).toBeCloseTo(1, 6);
  expect(result.values[1]).toBeCloseTo(Math.log(4 / 2) + 1, 6);
});

test.prop([matrix])(
  'PCA: orthonormal axes, variances descending, all components keep distances',
  (features) => {
    const count = Math.min(features.rows, features.columns);
    const transform = fitPca(features, { components: count, random: randomSource(0) });
    const axes = rowsOf(denseMatrix(transform.state.components as Float32Array, count, features.columns));
    axes.forEach((a, i) =>
      axes.forEach((b, j) =>
        expect(a.reduce((sum, x, k) => sum + x * b[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 4),
      ),
    );
    const result = rowsOf(transform.apply(features));
    const variances = axes.map((_, k) => result.reduce((sum, row) => sum + row[k]! ** 2, 0));
    for (let k = 1; k < count; k++)
      expect(variances[k]!).toBeLessThanOrEqual(variances[k - 1]! * (1 + 1e-4) + tolerance);
    const before = rowsOf(features);
    const distance = (rows: number[][]) => Math.hypot(...rows[0]!.map((x, j) => x - rows[1]![j]!));
    expect(distance(result)).toBeCloseTo(distance(before), 2);
  },
);

test('PCA gives the same by the formed covariance and by products, and for permuted rows', () => {
  const random = randomSource(3);
  const [n, d] = [30, 20];
  const values = Float32Array.from({ length: n * d }, (_, p) => random.normal() * (1 + (p % d)));
  const features = denseMatrix(values, n, d);
  const options = { components: 4, random: randomSource(1) };
  const full = fitPca(features, options).apply(features);
  // Fewer rows than columns takes the products; repeated rows have the same covariance by the formed matrix.
  const few = denseMatrix(values.slice(0, 12 * d), 12, d);
  const repeated = denseMatrix(Float32Array.from([...few.values, ...few.values]), 24, d);
  expect(
    largestDifference(fitPca(few, options).apply(few), fitPca(repeated, options).apply(few)),
  ).toBeLessThan(tolerance);
  const order = permutationOf(n, 5);
  const shuffled = permuted(features, order);
  expect(largestDifference(fitPca(shuffled, options).apply(shuffled), permuted(full, order))).toBeLessThan(
    tolerance,
  );
});

test('whitened components have deviation 1', () => {
  const random = randomSource(4);
  const features = denseMatrix(
    Float32Array.from({ length: 400 }, (_, p) => random.normal() * (1 + (p % 4))),
    100,
    4,
  );
  const rows = rowsOf(fitPca(features, { components: 3, random, whiten: true }).apply(features));
  for (let k = 0; k < 3; k++) {
    expect(Math.sqrt(rows.reduce((sum, row) => sum + row[k]! ** 2, 0) / 100)).toBeCloseTo(1, 4);
  }
});

test('a ridge scales component k by the root of v_k + ridge times the whole variance', () => {
  const random = randomSource(3);
  const values = Float32Array.from({ length: 200 }, (_, p) => (1 + (p % 4)) * random.normal());
  const features = denseMatrix(values, 50, 4);
  const scores = (ridge?: number) => {
    const whitening = ridge === undefined ? {} : { whiten: true, ridge };
    return rowsOf(fitPca(features, { components: 4, random: randomSource(1), ...whitening }).apply(features));
  };
  const plain = scores();
  const variances = [0, 1, 2, 3].map((k) => plain.reduce((sum, row) => sum + row[k]! ** 2, 0) / 50);
  const whole = variances.reduce((sum, variance) => sum + variance);
  scores(0.2).forEach((row, i) =>
    row.forEach((score, k) =>
      expect(score).toBeCloseTo(plain[i]![k]! / Math.sqrt(variances[k]! + 0.2 * whole), 4),
    ),
  );
  expect(() => fitPca(features, { components: 1, random, ridge: -1 })).toThrow(/ridge/);
});

test.each([0, 1.5, 3, Number.NaN])('PCA refuses %s components of 2 features', (components) => {
  const features = denseMatrix(Float32Array.of(1, 2, 3, 4, 5, 7), 3, 2);
  expect(() => fitPca(features, { components, random: randomSource(0) })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});

test('an unknown transform and a damaged state are refused', () => {
  expect(() => restoreTransform('none', {})).toThrow(expect.objectContaining({ code: 'format' }));
  expect(() => restoreTransform('sqc', {})).toThrow(expect.objectContaining({ code: 'format' }));
  const damaged = { means: new Float32Array(3), components: new Float32Array(5), count: 2 };
  expect(() => restoreTransform('pca', damaged)).toThrow(expect.objectContaining({ code: 'format' }));
});
