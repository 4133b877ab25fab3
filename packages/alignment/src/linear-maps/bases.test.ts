import { denseMatrix, randomSource } from '@crossmodal/core';
import { columnMeans, matrixProduct, subtractRow, transposeMatrix } from '@crossmodal/linalg';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { around, centred, furthest, inTurn, normal } from '../../tests/points.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { discriminantBasis } from './discriminant-basis.js';
import { principalBasis } from './principal-basis.js';
import { whitenedBasis } from './whitened-basis.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 9 }), fc.nat(999)], { numRuns: 20 })(
  'principal directions are orthonormal, as many as there can be, and keep what lies in them (size, d, seed)',
  (size, d, seed) => {
    const points = centred(matrixProduct(normal(8, 2, seed), normal(2, d, seed + 1)));
    const basis = principalBasis(points, { size, random: randomSource(seed) });
    expect([basis.rows, basis.columns]).toEqual([d, Math.min(size, d, 8)]);
    const gram = matrixProduct(transposeMatrix(basis), basis);
    gram.values.forEach((value, p) => {
      const [i, j] = [Math.floor(p / basis.columns), p % basis.columns];
      expect(Math.abs(value - (i === j ? 1 : 0))).toBeLessThan(1e-4);
    });
    if (basis.columns < 2) return;
    // Of rank 2: two directions hold everything.
    const back = matrixProduct(matrixProduct(points, basis), transposeMatrix(basis));
    expect(furthest(back, points)).toBeLessThan(1e-3 * Math.max(1, ...points.values.map(Math.abs)));
  },
);

test.prop([fc.nat(999)], { numRuns: 10 })(
  'after whitening, clusters are round, whatever linear map bent them (seed)',
  (seed) => {
    const random = randomSource(seed);
    const labels = inTurn(60, 3);
    const centres = normal(3, 4, seed);
    const far = denseMatrix(
      centres.values.map((value) => 8 * value),
      3,
      4,
    );
    const points = around(far, labels, { noise: 1, seed: seed + 1 });
    // Singular values within 0.2..8.8: of directions far smaller than others the ridge would leave something.
    const map = normal(4, 4, seed + 2).values.map(
      (value, p) => 0.2 * Math.tanh(value) + (Math.floor(p / 4) === p % 4 ? 2 ** (p % 4) : 0),
    );
    const rows = centred(matrixProduct(points, denseMatrix(map, 4, 4)));
    const basis = whitenedBasis(rows, {
      basis: principalBasis(rows, { size: 4, random }),
      labels,
      clusters: 3,
      ridge: 1e-6,
    });
    const z = matrixProduct(rows, basis);
    const means = clusterMeans(z, labels, 3);
    const inside = denseMatrix(
      z.values.map((value, p) => value - means.values[labels[Math.floor(p / 4)]! * 4 + (p % 4)]!),
      60,
      4,
    );
    const covariance = matrixProduct(transposeMatrix(inside), inside);
    covariance.values.forEach((value, p) => {
      expect(Math.abs(value / 60 - (Math.floor(p / 4) === p % 4 ? 1 : 0))).toBeLessThan(0.02);
    });
    // Three centres differ in two directions: nothing of their differences is lost in two dimensions.
    const two = discriminantBasis(rows, { labels, clusters: 3, size: 2, random });
    expect(two.columns).toBe(2);
    expect(
      Math.max(...clusterMeans(matrixProduct(rows, two), labels, 3).values.map(Math.abs)),
    ).toBeGreaterThan(1);
  },
);

test('more directions than the usual number of components are found too (seed 4)', () => {
  const labels = inTurn(150, 72);
  const rows = centred(normal(150, 80, 4));
  const basis = discriminantBasis(rows, { labels, clusters: 72, size: 71, random: randomSource(4) });
  expect([basis.rows, basis.columns]).toEqual([80, 71]);
  expect(basis.values.every(Number.isFinite)).toBe(true);
  // Directions come by how far centres differ in them, and no two tell the same: the scatter of centres is diagonal.
  const means = clusterMeans(matrixProduct(rows, basis), labels, 72);
  const centres = subtractRow(means, columnMeans(means));
  const { values: scatter } = matrixProduct(transposeMatrix(centres), centres);
  scatter.forEach((value, p) => {
    const [i, j] = [Math.floor(p / 71), p % 71];
    if (i !== j) expect(Math.abs(value)).toBeLessThan(1e-3 * scatter[0]!);
    else if (i > 0) expect(value).toBeLessThan(scatter[(i - 1) * 72]! + 1e-3 * scatter[0]!);
  });
});

test('ridge and number of coordinates change the basis (seed 5)', () => {
  const labels = inTurn(40, 3);
  const rows = centred(normal(40, 6, 5));
  const basisOf = (change: object) =>
    discriminantBasis(rows, { labels, clusters: 3, size: 2, random: randomSource(0), ...change });
  for (const change of [{ ridge: 5 }, { coordinates: 2 }])
    expect(furthest(basisOf(change), basisOf({}))).toBeGreaterThan(1e-3);
});

test('what does not fit is refused', () => {
  const rows = normal(6, 3, 0);
  const random = randomSource(0);
  const labels = inTurn(6, 2);
  const basis = normal(3, 2, 1);
  const refusal = (code: string): unknown => expect.objectContaining({ code });
  expect(() => principalBasis(rows, { size: 0, random })).toThrow(refusal('option'));
  const whitened = (change: object) =>
    whitenedBasis(rows, { basis, labels, clusters: 2, ridge: 1, ...change });
  expect(() => whitened({ ridge: 0 })).toThrow(refusal('option'));
  expect(() => whitened({ basis: normal(4, 2, 1) })).toThrow(refusal('shape'));
  expect(() => whitened({ labels: labels.subarray(1) })).toThrow(refusal('shape'));
  expect(() => whitened({ labels: inTurn(6, 3) })).toThrow(refusal('value'));
  const discriminant = (change: object) =>
    discriminantBasis(rows, { labels, clusters: 2, size: 1, random, ...change });
  expect(() => discriminant({ size: 4 })).toThrow(refusal('option'));
  expect(() => discriminant({ coordinates: 0 })).toThrow(refusal('option'));
  expect(() => discriminant({ clusters: 1 })).toThrow(refusal('value'));
});
