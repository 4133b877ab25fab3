import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { expect } from 'vitest';
import { randomMatrix } from '../../tests/matrices.js';
import { matrixProduct } from '../products/matrix-product.js';
import { transposeMatrix } from '../products/transpose-matrix.js';
import { choleskyInPlace } from './cholesky-in-place.js';
import { invertLower } from './invert-lower.js';
import { polarFactor } from './polar-factor.js';
import { thinSvd } from './svd/thin-svd.js';

const side = fc.integer({ min: 1, max: 9 });
const seed = fc.nat(9999);

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, p) => Math.max(most, Math.abs(value - b[p]!)), 0);
const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0));
const gram = (a: DenseMatrix): DenseMatrix<Float64Array> => matrixProduct(transposeMatrix(a), a);

/** X Xᵀ + I, positive definite. */
function positiveDefinite(n: number, from: number): DenseMatrix<Float64Array> {
  const { values } = gram(randomMatrix(n, n, randomSource(from)));
  const ones = identity(n);
  return denseMatrix(
    values.map((value, p) => value + ones[p]!),
    n,
    n,
  );
}

const lowerOf = (values: Float64Array, n: number): DenseMatrix<Float64Array> =>
  denseMatrix(
    values.map((value, p) => (p % n <= Math.floor(p / n) ? value : 0)),
    n,
    n,
  );

test.prop([side, seed])('L Lᵀ is the matrix, and the inverse of L undoes it (n, seed)', (n, from) => {
  const a = positiveDefinite(n, from);
  const factor = a.values.slice();
  expect(choleskyInPlace(factor, n)).toBeUndefined();
  const l = lowerOf(factor, n);
  // Eigenvalues lie in 1..~100.
  expect(furthest(matrixProduct(l, transposeMatrix(l)).values, a.values)).toBeLessThan(1e-12 * 100);
  const inverse = denseMatrix(invertLower(factor, n), n, n);
  expect(furthest(matrixProduct(inverse, l).values, identity(n))).toBeLessThan(1e-11);
});

test.prop([fc.integer({ min: 2, max: 9 }), seed])(
  'the first pivot that is not positive is named (n, seed)',
  (n, from) => {
    const a = positiveDefinite(n, from).values;
    const bad = from % n;
    a[bad * n + bad] = -1;
    const found = choleskyInPlace(a, n)!;
    expect(found.index).toBe(bad);
    expect(found.value).toBeLessThan(0);
    expect(choleskyInPlace(Float64Array.of(NaN), 1)).toEqual({ index: 0, value: NaN });
  },
);

test.prop([side, seed, fc.nat(3)])(
  'a polar factor is orthogonal, leaves a symmetric positive rest, and its norm is the sum of singular values (n, seed, rank lost)',
  (n, from, lost) => {
    const rank = Math.max(1, n - lost);
    const left = randomMatrix(n, rank, randomSource(from));
    const m = matrixProduct(left, randomMatrix(rank, n, randomSource(from + 1)));
    const { factor, nuclearNorm } = polarFactor(m);
    expect(furthest(gram(factor).values, identity(n))).toBeLessThan(1e-12);
    const rest = matrixProduct(transposeMatrix(factor), m);
    expect(furthest(rest.values, transposeMatrix(rest).values)).toBeLessThan(1e-11);
    const trace = rest.values.reduce((sum, value, p) => (p % (n + 1) === 0 ? sum + value : sum), 0);
    expect(trace).toBeCloseTo(nuclearNorm, 10);
    expect(thinSvd(m).s.reduce((sum, s) => sum + s, 0)).toBeCloseTo(nuclearNorm, 10);
  },
);

test.prop([side, side, seed])(
  'singular vectors rebuild the matrix, are orthonormal, and their values descend (n, m, seed)',
  (n, m, from) => {
    const matrix = randomMatrix(n, m, randomSource(from));
    const { u, s, v } = thinSvd(matrix);
    const r = Math.min(n, m);
    expect([u.rows, u.columns, v.rows, v.columns, s.length]).toEqual([n, r, m, r, r]);
    expect(furthest(gram(u).values, identity(r))).toBeLessThan(1e-12);
    expect(furthest(gram(v).values, identity(r))).toBeLessThan(1e-12);
    const stretched = denseMatrix(
      u.values.map((value, p) => value * s[p % r]!),
      n,
      r,
    );
    expect(furthest(matrixProduct(stretched, transposeMatrix(v)).values, matrix.values)).toBeLessThan(1e-12);
    expect([...s]).toEqual([...s].sort((a, b) => b - a));
    for (let c = 0; c < r; c++) {
      const column = Array.from({ length: n }, (_, i) => u.values[i * r + c]!);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
    }
  },
);

test.prop([side, side, seed, fc.constantFrom('rank', 'integers', 'diagonal')])(
  'singular values agree with those of ml-matrix, at any rank (n, m, seed, kind)',
  (n, m, from, kind) => {
    const drawn = randomMatrix(n, m, randomSource(from));
    const values = drawn.values.map((value, p) => {
      const [i, j] = [Math.floor(p / m), p % m];
      if (kind === 'rank') return j < 2 ? value : drawn.values[i * m]!;
      return kind === 'integers' ? Math.round(value) : i === j ? i % 3 : 0;
    });
    const expected = new SingularValueDecomposition(Matrix.from1DArray(n, m, values), {
      autoTranspose: true,
    });
    const { u, s, v } = thinSvd(denseMatrix(values, n, m));
    expect(furthest(s, expected.diagonal)).toBeLessThan(1e-12);
    const stretched = denseMatrix(
      u.values.map((value, p) => value * s[p % s.length]!),
      n,
      s.length,
    );
    expect(furthest(matrixProduct(stretched, transposeMatrix(v)).values, values)).toBeLessThan(1e-12);
  },
);

test.each([1e-300, 1e300])('singular values near %s neither overflow nor vanish', (scale) => {
  const { s } = thinSvd(denseMatrix(Float64Array.of(0, 3 * scale, -4 * scale, 0), 2, 2));
  expect(s[0]! / scale).toBeCloseTo(4, 12);
  expect(s[1]! / scale).toBeCloseTo(3, 12);
});

test('what is not square or not finite is refused', () => {
  const bad = denseMatrix(Float64Array.of(1, NaN), 1, 2);
  expect(() => polarFactor(bad)).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => polarFactor(denseMatrix(Float64Array.of(Infinity), 1, 1))).toThrow(
    expect.objectContaining({ code: 'value' }),
  );
  expect(() => thinSvd(bad)).toThrow(expect.objectContaining({ code: 'value' }));
  const none = denseMatrix(new Float64Array(0), 0, 2);
  expect(() => thinSvd(none)).toThrow(expect.objectContaining({ code: 'shape' }));
});
