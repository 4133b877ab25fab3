import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { matrixProduct, subtractRow, transposeMatrix } from '@crossmodal/linalg';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { difference, furthest, normal, reflection, squares } from '../../tests/points.js';
import { applyLinearMap } from '../linear-maps/apply-linear-map.js';
import { rotateOnto } from './rotate-onto.js';
import { rotationBetween } from './rotation-between.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const shape: unknown = expect.objectContaining({ code: 'shape' });
const single = ({ rows, columns, values }: DenseMatrix) =>
  denseMatrix(Float32Array.from(values), rows, columns);

/** More columns, of zeros. */
function padded({ rows, columns, values }: DenseMatrix, width: number): DenseMatrix<Float64Array> {
  const result = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) result.set(values.subarray(i * columns, (i + 1) * columns), i * width);
  return denseMatrix(result, rows, width);
}

describe('rotationBetween', () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 20 })(
    'undoes a planted rotation and shift, and its two maps undo each other (q, seed)',
    (q, seed) => {
      const a = normal(q + 3, q, seed);
      const b = subtractRow(matrixProduct(a, reflection(q, seed + 1)), normal(1, q, seed + 2).values);
      const { to, from } = rotationBetween(a, b);
      expect(furthest(applyLinearMap(b, to), a)).toBeLessThan(1e-4);
      const other = normal(5, q, seed + 3);
      expect(furthest(applyLinearMap(applyLinearMap(other, to), from), other)).toBeLessThan(1e-4);
    },
  );

  test('other numbers of points or dimensions are refused', () => {
    expect(() => rotationBetween(normal(3, 2, 0), normal(4, 2, 0))).toThrow(shape);
    expect(() => rotationBetween(normal(3, 2, 0), normal(3, 3, 0))).toThrow(shape);
  });
});

describe('rotateOnto', () => {
  const widths = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat(999));

  test.prop([fc.integer({ min: 1, max: 5 }), fc.nat(999)], { numRuns: 20 })(
    'undoes a planted rotation (q, seed)',
    (q, seed) => {
      const target = normal(q + 3, q, seed);
      const { rotation, features } = rotateOnto(matrixProduct(target, reflection(q, seed + 1)), target);
      expect(furthest(features, target)).toBeLessThan(1e-4);
      expect(furthest(rotation, transposeMatrix(reflection(q, seed + 1)))).toBeLessThan(1e-3);
    },
  );

  test.prop([widths], { numRuns: 30 })(
    'has orthonormal rows, keeps distances, and comes nearer than other rotations (widths, seed)',
    ([a, b, seed]) => {
      const [x, y] = [normal(8, a, seed), normal(8, b, seed + 1)];
      const width = Math.max(a, b);
      const { rotation, features } = rotateOnto(x, y);
      expect([rotation.rows, rotation.columns, features.columns]).toEqual([a, width, width]);
      const gram = matrixProduct(rotation, transposeMatrix(rotation));
      gram.values.forEach((value, p) =>
        expect(Math.abs(value - (Math.floor(p / a) === p % a ? 1 : 0))).toBeLessThan(1e-5),
      );
      expect(furthest(features, matrixProduct(x, rotation))).toBeLessThan(1e-4);
      const target = padded(y, width);
      const gap = (z: DenseMatrix) => squares(difference(z, target));
      for (let other = 0; other < 5; other++) {
        const turned = matrixProduct(padded(x, width), reflection(width, seed + 10 + other));
        expect(gap(features)).toBeLessThan(gap(turned) + 1e-3);
      }
    },
  );

  test('rows of zeros stay zeros and decide nothing; other numbers of rows are refused (seed 2)', () => {
    const [x, y] = [normal(6, 3, 2), normal(6, 2, 3)];
    const gappy = denseMatrix(
      x.values.map((value, p) => (p < 6 ? 0 : value)),
      6,
      3,
    );
    const rest = (z: DenseMatrix) =>
      denseMatrix(Float64Array.from(z.values.subarray(2 * z.columns)), 4, z.columns);
    const whole = rotateOnto(gappy, y);
    expect([...whole.features.values.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(furthest(whole.rotation, rotateOnto(rest(x), rest(y)).rotation)).toBeLessThan(1e-5);
    expect(() => rotateOnto(x, normal(5, 2, 3))).toThrow(shape);
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    rotateOnto(single(normal(4, 2, 0)), normal(4, 3, 1));
    expect(tf.memory().numTensors).toBe(before);
  });
});
