import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomSymmetric } from '../../tests/matrices.js';
import { symmetricEigen } from './symmetric-eigen.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });

/** Largest |M U − U W| and |Uᵀ U − I|. */
function defects(
  m: DenseMatrix,
  values: Float64Array,
  u: DenseMatrix,
): { residual: number; orthogonality: number } {
  const n = m.rows;
  const k = values.length;
  let residual = 0;
  let orthogonality = 0;
  for (let c = 0; c < k; c++) {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += m.values[i * n + j]! * u.values[j * k + c]!;
      residual = Math.max(residual, Math.abs(sum - values[c]! * u.values[i * k + c]!));
    }
    for (let b = 0; b <= c; b++) {
      let dot = b === c ? -1 : 0;
      for (let i = 0; i < n; i++) dot += u.values[i * k + b]! * u.values[i * k + c]!;
      orthogonality = Math.max(orthogonality, Math.abs(dot));
    }
  }
  return { residual, orthogonality };
}

test.prop([seed, fc.integer({ min: 1, max: 40 }), fc.integer({ min: -60, max: 60 })], { numRuns: 60 })(
  'decomposes any symmetric matrix at any scale',
  (s, n, exponent) => {
    const scale = 2 ** exponent;
    const matrix = randomSymmetric(n, randomSource(s));
    const scaled = denseMatrix(
      matrix.values.map((x) => x * scale),
      n,
      n,
    );
    const { values, vectors } = symmetricEigen(scaled);
    const { residual, orthogonality } = defects(scaled, values, vectors);
    // Both are a modest multiple of n times the machine precision.
    expect(residual / scale).toBeLessThan(1e-12);
    expect(orthogonality).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    for (let c = 0; c < n; c++) {
      const column = Array.from({ length: n }, (_, i) => vectors.values[i * n + c]!);
      const peak = Math.max(...column.map(Math.abs));
      expect(Math.max(...column)).toBeGreaterThanOrEqual(peak * (1 - 1e-8));
    }
  },
);

test.prop([seed, fc.integer({ min: 2, max: 25 }), fc.integer({ min: 1, max: 4 })], { numRuns: 30 })(
  'keeps repeated eigenvalues apart',
  (s, n, distinct) => {
    const { vectors } = symmetricEigen(randomSymmetric(n, randomSource(s)));
    const spectrum = Array.from({ length: n }, (_, i) => (i % distinct) - 1);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let c = 0; c < n; c++)
          sum += spectrum[c]! * vectors.values[i * n + c]! * vectors.values[j * n + c]!;
        matrix[i * n + j] = matrix[j * n + i] = sum;
      }
    }
    const found = symmetricEigen(denseMatrix(matrix, n, n));
    spectrum.sort((a, b) => b - a).forEach((value, i) => expect(found.values[i]).toBeCloseTo(value, 12));
    expect(defects(denseMatrix(matrix, n, n), found.values, found.vectors).orthogonality).toBeLessThan(1e-12);
  },
);

test('has the closed form of a path: 2 cos(π k / (n + 1))', () => {
  const n = 30;
  const path = denseMatrix(
    Float64Array.from({ length: n * n }, (_, p) => (Math.abs(Math.floor(p / n) - (p % n)) === 1 ? 1 : 0)),
    n,
    n,
  );
  symmetricEigen(path).values.forEach((value, k) =>
    expect(value).toBeCloseTo(2 * Math.cos((Math.PI * (k + 1)) / (n + 1)), 13),
  );
});

test('takes zero, one row, and diagonal matrices', () => {
  expect([...symmetricEigen(denseMatrix(new Float64Array(9), 3, 3)).values]).toEqual([0, 0, 0]);
  expect(symmetricEigen(fromRows([[-4]]))).toEqual({ values: Float64Array.of(-4), vectors: fromRows([[1]]) });
  expect([
    ...symmetricEigen(
      fromRows([
        [1, 0],
        [0, 5],
      ]),
    ).values,
  ]).toEqual([5, 1]);
});

test('refuses other shapes and NaN', () => {
  expect(() => symmetricEigen(fromRows([[1, 2]]))).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => symmetricEigen(fromRows([]))).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => symmetricEigen(fromRows([[Number.NaN]]))).toThrow(expect.objectContaining({ code: 'value' }));
});
