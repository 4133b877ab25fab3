import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { sparseSymmetric, withSpectrum } from '../../tests/matrices.js';
import { operatorOf } from '../operators/operator-of.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import type { EigenRows } from './eigen-rows.js';
import { filteredSubspace, type FilteredSubspaceOptions } from './filtered-subspace.js';
import { largestEigenRows } from './largest-eigen-rows.js';
import { symmetricEigenRows } from './symmetric-eigen-rows.js';

const seed = fc.nat(0xffffffff);

function search(
  operator: SymmetricOperator,
  options: Partial<FilteredSubspaceOptions> & { readonly count: number },
  s: number,
): EigenRows {
  const random = randomSource(s);
  return filteredSubspace(operator, {
    tolerance: 1e-8,
    maxRounds: 100,
    where: 'test',
    draw: () => Float64Array.from({ length: operator.size }, () => random.normal()),
    ...options,
  });
}

function dense(operator: SymmetricOperator): Float64Array {
  const n = operator.size;
  const identity = Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0));
  const full = new Float64Array(n * n);
  operator.multiply(identity, full, n);
  return symmetricEigenRows(full, n).values;
}

/** Norms of M u − w u, and the largest |uᵀ v − δ|. */
function defects(operator: SymmetricOperator, { values, rows }: EigenRows) {
  const n = operator.size;
  const images = new Float64Array(rows.length);
  operator.multiply(rows, images, values.length);
  const residuals = Array.from(values, (value, c) =>
    Math.hypot(...Array.from({ length: n }, (_, i) => images[c * n + i]! - value * rows[c * n + i]!)),
  );
  let orthogonality = 0;
  for (let a = 0; a < values.length; a++) {
    for (let b = 0; b <= a; b++) {
      let dot = a === b ? -1 : 0;
      for (let i = 0; i < n; i++) dot += rows[a * n + i]! * rows[b * n + i]!;
      orthogonality = Math.max(orthogonality, Math.abs(dot));
    }
  }
  return { residual: Math.max(...residuals), orthogonality };
}

test.prop([seed, fc.integer({ min: 40, max: 150 }), fc.integer({ min: 1, max: 12 })], { numRuns: 8 })(
  'agrees with the dense solver, within the tolerance (seed, n, count)',
  (s, n, count) => {
    const operator = operatorOf(sparseSymmetric(n, 3, randomSource(s)));
    const all = dense(operator);
    const found = search(operator, { count }, s);
    const norm = Math.max(Math.abs(all[0]!), Math.abs(all[n - 1]!));
    const { residual, orthogonality } = defects(operator, found);
    expect(residual).toBeLessThan(1.1e-8 * norm);
    expect(orthogonality).toBeLessThan(1e-11);
    found.values.forEach((value, c) => expect(Math.abs(value - all[c]!)).toBeLessThan(1e-8 * norm));
  },
);

test.prop(
  [
    seed,
    fc.integer({ min: 2, max: 15 }),
    fc.constantFrom(2, 3),
    fc.constantFrom(0.1, 0.01, 0.001),
    fc.double({ min: 0.3, max: 1, noNaN: true }),
  ],
  { numRuns: 4 },
)(
  'no copy of neighbouring repeated eigenvalues is lost, by either iteration (seed, copies, kinds, gap, share)',
  (s, copies, kinds, gap, share) => {
    const random = randomSource(s);
    const repeated = copies * kinds;
    const spectrum = Float64Array.from({ length: 130 }, (_, i) =>
      i < repeated ? 1 - gap * Math.floor(i / copies) : (1 - gap * kinds) * random.uniform(),
    );
    const operator = withSpectrum(spectrum, random);
    const count = Math.max(1, Math.round(share * repeated));
    const expected = spectrum.toSorted((a, b) => b - a).slice(0, count);
    for (const found of [
      search(operator, { count }, s),
      largestEigenRows(operator, { count, random, maxRestarts: 50 }),
    ]) {
      expect(defects(operator, found).residual).toBeLessThan(1.1e-8);
      expected.forEach((value, c) => expect(found.values[c]).toBeCloseTo(value, 9));
    }
  },
);

test('known eigenvectors stay as they are, and the others come beside them', () => {
  const operator = operatorOf({
    kind: 'csr',
    rows: 60,
    columns: 60,
    rowOffsets: Int32Array.from({ length: 61 }, (_, i) => i),
    columnIndices: Int32Array.from({ length: 60 }, (_, i) => i),
    values: Float64Array.from({ length: 60 }, (_, i) => (i < 3 ? 1 : 0.9 - 0.01 * i)),
  });
  const vectors = [0, 1, 2].map((c) => Float64Array.from({ length: 60 }, (_, i) => (i === c ? 1 : 0)));
  const { values, rows } = search(operator, { count: 5, known: { value: 1, vectors } }, 1);
  [1, 1, 1, 0.87, 0.86].forEach((value, c) => expect(values[c]).toBeCloseTo(value, 12));
  // Whatever rotation the repeated eigenvalue leaves open.
  for (let c = 0; c < 3; c++) expect(Math.hypot(...rows.subarray(c * 60, c * 60 + 3))).toBeCloseTo(1, 12);
});

test('residuals count by their importance', () => {
  const operator = withSpectrum(
    Float64Array.from({ length: 150 }, (_, i) => 1 - i / 150),
    randomSource(3),
  );
  const lax = search(
    operator,
    { count: 4, importance: (values) => values.map((_, i) => (i < 2 ? 1 : 1e-6)) },
    1,
  );
  const strict = search(operator, { count: 4 }, 1);
  expect(defects(operator, strict).residual).toBeLessThan(1.1e-8);
  expect(defects(operator, lax).residual).toBeGreaterThan(1.1e-8);
  expect(
    defects(operator, { values: lax.values.slice(0, 2), rows: lax.rows.slice(0, 300) }).residual,
  ).toBeLessThan(1.1e-8);
});

test('says when the tolerance is not reached, and stops on a signal between rounds', () => {
  const operator = withSpectrum(
    Float64Array.from({ length: 200 }, (_, i) => 1 - i / 200),
    randomSource(2),
  );
  expect(() => search(operator, { count: 5, maxRounds: 1 }, 1)).toThrow(
    expect.objectContaining({ code: 'diverged', message: expect.stringContaining('after 1 rounds') }),
  );
  const controller = new AbortController();
  let products = 0;
  const aborting: SymmetricOperator = {
    size: 200,
    multiply(input, output, count) {
      // In the midst of the first round.
      if (++products === 100) controller.abort();
      operator.multiply(input, output, count);
    },
  };
  expect(() => search(aborting, { count: 5, signal: controller.signal }, 1)).toThrow(
    expect.objectContaining({ code: 'aborted' }),
  );
});

test('a block as wide as the matrix is all of it; a zero matrix has zeros', () => {
  const operator = withSpectrum(
    Float64Array.from({ length: 6 }, (_, i) => i),
    randomSource(4),
  );
  search(operator, { count: 6 }, 1).values.forEach((value, c) => expect(value).toBeCloseTo(5 - c, 12));
  const zero = withSpectrum(new Float64Array(50), randomSource(4));
  expect([...search(zero, { count: 3 }, 1).values]).toEqual([0, 0, 0]);
});
