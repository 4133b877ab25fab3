import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import {
  fitCentre,
  fitMinMax,
  fitPca,
  fitSqc,
  fitStandard,
  fitTfIdf,
  minMax,
  restoreTransform,
  standardise,
  unitRows,
  type FittedTransform,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { largestDifference } from './arbitraries.js';

/** Multiples of 1/1024, which doubles keep exactly beside an offset of 2^41; the first two rows differ in every column. */
const fine: fc.Arbitrary<DenseMatrix<Float64Array>> = fc
  .tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 4 }))
  .chain(([n, d]) =>
    fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: n * d, maxLength: n * d }).map((steps) => {
      const values = Float64Array.from(steps, (step) => step / 1024);
      for (let j = 0; j < d; j++) values[j] = values[d + j]! + 1;
      return denseMatrix(values, n, d);
    }),
  );
const offset = fc.integer({ min: 2 ** 30, max: 2 ** 41 });

function shifted({ values, rows, columns }: DenseMatrix, by: number): DenseMatrix {
  return denseMatrix(
    Float64Array.from(values, (x) => x + by),
    rows,
    columns,
  );
}

const fits: Readonly<Record<string, (features: DenseMatrix) => FittedTransform>> = {
  standard: (features) => fitStandard(features),
  'minmax per column': (features) => fitMinMax(features, { per: 'column' }),
  'minmax per modality': (features) => fitMinMax(features),
  centre: (features) => fitCentre(features),
  pca: (features) => fitPca(features, { components: 1, random: randomSource(1) }),
};

describe.each(Object.entries(fits))('%s of doubles', (_, fit) => {
  // Means are kept to 2^-12 beside the offset at worst, against deviations of 1/8 at least.
  test.prop([fine, offset])('does not depend on a large offset', (features, by) => {
    const plainResult = fit(features).apply(features);
    const far = shifted(features, by);
    expect(largestDifference(fit(far).apply(far), plainResult)).toBeLessThan(5e-3);
  });
});

plain('timestamps keep the digits that differ', () => {
  const seconds = [0, 1, 2, 60, 61, 62].map((second) => 1_700_000_000 + second / 1000);
  const rows = standardise(denseMatrix(Float64Array.from(seconds), 6, 1)).values;
  expect(new Set(rows).size).toBe(6);
  // In single precision they are all the same number.
  expect(new Set(Float32Array.from(seconds)).size).toBe(1);
  expect((rows[1]! - rows[0]!) / (rows[3]! - rows[0]!)).toBeCloseTo(1 / 60, 4);
});

plain('a column of doubles that varies by rounding alone is left unscaled', () => {
  const rows = standardise(denseMatrix(Float64Array.of(0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2, 0.3), 5, 1)).values;
  expect(Math.max(...rows.map(Math.abs))).toBeLessThan(1e-15);
});

plain.each([1e200, 1e-200])(
  'doubles of size %d, whose squares no double holds, are scaled all the same',
  (size) => {
    const small = denseMatrix(Float64Array.of(3, 4, 1, 0, -2, 5), 3, 2);
    const large = denseMatrix(
      small.values.map((x) => x * size),
      3,
      2,
    );
    expect(largestDifference(standardise(large), standardise(small))).toBeLessThan(1e-6);
    expect(largestDifference(minMax(large), minMax(small))).toBeLessThan(1e-6);
    // Rows shorter than 1e-12 count as zero.
    if (size > 1) expect(largestDifference(unitRows(large), unitRows(small))).toBeLessThan(1e-6);
  },
);

describe.each([Float32Array, Float64Array])('what is learnt from %o', (Values) => {
  plain('has its precision, and restores the same transform bit for bit', () => {
    const random = randomSource(4);
    const features = denseMatrix(
      Values.from(Array.from({ length: 60 }, () => 1000 + random.normal())),
      12,
      5,
    );
    for (const fit of [...Object.values(fits), fitSqc, fitTfIdf]) {
      const transform = fit(features);
      for (const state of Object.values(transform.state)) {
        if (typeof state !== 'number') expect(state).toBeInstanceOf(Values);
      }
      const restored = restoreTransform(transform.name, transform.state);
      expect(restored.apply(features).values).toEqual(transform.apply(features).values);
    }
  });
});
