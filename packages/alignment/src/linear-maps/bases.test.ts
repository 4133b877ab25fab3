import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { clusterMeans } from '../src/geometry/cluster-means.js';
import { clusterStability } from '../src/geometry/cluster-stability.js';
import { decoderOf } from '../src/geometry/decoder-of.js';
import { layoutAgrees } from '../src/geometry/layout-agrees.js';
import { columnMeans, minusRow, product, transposed } from '../src/geometry/linear-map.js';
import { procrustes } from '../src/geometry/procrustes.js';
import { discriminantBasis, principalBasis, whitenedBasis } from '../src/geometry/whitened-basis.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function normal(rows: number, columns: number, seed: number): DenseMatrix<Float64Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float64Array.from({ length: rows * columns }, () => random.normal()),
    rows,
    columns,
  );
}

const single = ({ rows, columns, values }: DenseMatrix) =>
  denseMatrix(Float32Array.from(values), rows, columns);
const furthest = (a: DenseMatrix, b: DenseMatrix) =>
  Math.max(...Array.from(a.values, (value, p) => Math.abs(value - b.values[p]!)));
const moved = (x: DenseMatrix, { weights, offsets }: ReturnType<typeof procrustes>['to']) =>
  minusRow(
    product(x, weights),
    offsets.map((value) => -value),
  );

test.prop([fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 20 })(
  'Procrustes undoes a rotation and a shift, and its two maps undo each other (q, seed)',
  (q, seed) => {
    const a = normal(q + 3, q, seed);
    // Householder's reflection: orthogonal.
    const [axis] = [normal(1, q, seed + 1).values];
    const length = axis.reduce((sum, x) => sum + x * x, 0);
    const turn = denseMatrix(
      Float64Array.from({ length: q * q }, (_, p) => {
        const [i, j] = [Math.floor(p / q), p % q];
        return (i === j ? 1 : 0) - (2 * axis[i]! * axis[j]!) / length;
      }),
      q,
      q,
    );
    const b = minusRow(product(a, turn), normal(1, q, seed + 2).values);
    const { to, from } = procrustes(a, b);
    expect(furthest(moved(b, to), a)).toBeLessThan(1e-4);
    const other = normal(5, q, seed + 3);
    expect(furthest(moved(moved(other, to), from), other)).toBeLessThan(1e-4);
  },
);

test.prop([fc.nat(999)], { numRuns: 10 })(
  'after whitening, clusters are round, whatever linear map bent them (seed)',
  (seed) => {
    const random = randomSource(seed);
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
    const centres = normal(3, 4, seed);
    const points = denseMatrix(
      normal(60, 4, seed + 1).values.map(
        (value, p) => value + 8 * centres.values[labels[Math.floor(p / 4)]! * 4 + (p % 4)]!,
      ),
      60,
      4,
    );
    // Singular values within 0.2..8.8: of directions far smaller than others the ridge would leave something.
    const map = normal(4, 4, seed + 2).values.map(
      (value, p) => 0.2 * Math.tanh(value) + (Math.floor(p / 4) === p % 4 ? 2 ** (p % 4) : 0),
    );
    const bent = product(points, denseMatrix(map, 4, 4));
    const rows = single(minusRow(bent, columnMeans(bent)));
    const basis = whitenedBasis(rows, principalBasis(rows, 4, random), labels, 3, 1e-6);
    const z = product(rows, basis);
    const means = clusterMeans(z, labels, 3);
    const around = denseMatrix(
      z.values.map((value, p) => value - means.values[labels[Math.floor(p / 4)]! * 4 + (p % 4)]!),
      60,
      4,
    );
    const covariance = product(transposed(around), around);
    covariance.values.forEach((value, p) => {
      expect(Math.abs(value / 60 - (Math.floor(p / 4) === p % 4 ? 1 : 0))).toBeLessThan(0.02);
    });
    // Three centres differ in two directions: nothing of their differences is lost in two dimensions.
    const two = clusterMeans(product(rows, discriminantBasis(rows, labels, 3, 2, random)), labels, 3);
    expect(Math.max(...two.values.map(Math.abs))).toBeGreaterThan(1);
    expect(two.columns).toBe(2);
  },
);

test('more directions than the usual number of components are found too (seed 4)', () => {
  const labels = Int32Array.from({ length: 150 }, (_, i) => i % 72);
  const points = normal(150, 80, 4);
  const rows = single(minusRow(points, columnMeans(points)));
  const basis = discriminantBasis(rows, labels, 72, 71, randomSource(4));
  expect([basis.rows, basis.columns]).toEqual([80, 71]);
  expect(basis.values.every(Number.isFinite)).toBe(true);
  // Directions come by how far centres differ in them, and no two tell the same: the scatter of centres is diagonal.
  const means = clusterMeans(product(rows, basis), labels, 72);
  const centres = minusRow(means, columnMeans(means));
  const { values: scatter } = product(transposed(centres), centres);
  scatter.forEach((value, p) => {
    const [i, j] = [Math.floor(p / 71), p % 71];
    if (i !== j) expect(Math.abs(value)).toBeLessThan(1e-3 * scatter[0]!);
    else if (i > 0) expect(value).toBeLessThan(scatter[(i - 1) * 72]! + 1e-3 * scatter[0]!);
  });
});

test('clusters are stable, noise is not (seed 1)', () => {
  const noise = normal(120, 6, 1);
  const clusters = noise.values.map((value, p) => value + (p % 6 === Math.floor(p / 6) % 4 ? 12 : 0));
  const random = randomSource(1);
  const centred = (points: DenseMatrix) => single(minusRow(points, columnMeans(points)));
  expect(clusterStability(centred(denseMatrix(clusters, 120, 6)), 4, random)).toBeGreaterThan(0.99);
  expect(clusterStability(centred(noise), 4, random)).toBeLessThan(0.6);
  expect(clusterStability(centred(normal(5, 6, 2)), 4, random)).toBe(0);
});

test('centres in the same places agree in layout, centres of random places do not (seeds 1 to 5)', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const a = normal(8, 5, seed);
    const near = denseMatrix(
      normal(8, 5, seed + 50).values.map((noise, p) => a.values[p]! + 0.1 * noise),
      8,
      5,
    );
    expect(layoutAgrees(a, near, randomSource(seed))).toBe(true);
  }
  const others = [1, 2, 3, 4, 5].map((seed) =>
    layoutAgrees(normal(8, 5, seed), normal(8, 5, seed + 90), randomSource(0)),
  );
  expect(others).toContain(false);
});

test('the linear decoder is the ridge regression of features on latents (seed 3)', () => {
  const [z, weights] = [normal(50, 3, 3), normal(3, 4, 4)];
  const x = product(z, weights);
  const { weights: found, offsets } = decoderOf(z, single(x));
  // The ridge of a thousandth shrinks each of them by about as much.
  expect(furthest(found, weights)).toBeLessThan(1e-2);
  expect([...offsets]).toEqual([0, 0, 0, 0]);
});
