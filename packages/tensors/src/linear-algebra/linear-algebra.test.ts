import { denseMatrix, randomSource } from '@crossmodal/core';
import { matrixProduct, transposeMatrix } from '@crossmodal/linalg';
import { fc, test } from '@fast-check/vitest';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect } from 'vitest';
import {
  backendProduct,
  choleskyInverse,
  inverseSquareRoot,
  nuclearNorm,
  randomisedSvd,
  seededNormal,
  seededUniform,
  svd,
  tf,
} from '../index.js';

const side = fc.integer({ min: 1, max: 12 });
const seed = fc.nat(10_000);

function normal(n: number, m: number, from: number): tf.Tensor2D {
  return seededNormal([n, m], randomSource(from)) as tf.Tensor2D;
}

function largest(tensor: tf.Tensor): number {
  return tf.tidy(() => tf.max(tf.abs(tensor)).dataSync()[0]!);
}

/** Runs in a tidy and checks that the body itself leaks nothing. */
function clean(body: () => void): void {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    body();
  });
  expect(tf.memory().numTensors).toBe(before);
}

describe('backendProduct', () => {
  test.prop([side, side, side, seed, fc.boolean(), fc.boolean()], { numRuns: 20 })(
    'agrees with plain loops in either precision, with either side transposed (n, d, m, seed)',
    (n, d, m, from, transposeA, transposeB) => {
      const random = randomSource(from);
      const drawn = (rows: number, columns: number) =>
        denseMatrix(
          Float64Array.from({ length: rows * columns }, () => Math.fround(random.normal())),
          rows,
          columns,
        );
      const [a, b] = [drawn(n, d), drawn(d, m)];
      const expected = matrixProduct(a, b);
      const single = { ...a, values: Float32Array.from(a.values) };
      const before = tf.memory().numTensors;
      const found = backendProduct(
        transposeA ? transposeMatrix(single) : single,
        transposeB ? transposeMatrix(b) : b,
        { transposeA, transposeB },
      );
      expect(tf.memory().numTensors).toBe(before);
      expect([found.rows, found.columns]).toEqual([n, m]);
      // Sums of up to 12 products in single precision.
      found.values.forEach((value, p) => expect(Math.abs(value - expected.values[p]!)).toBeLessThan(1e-5));
    },
  );
});

describe('svd', () => {
  test.prop([side, side, seed], { numRuns: 30 })(
    'factors rebuild the matrix and are orthonormal',
    (n, m, from) => {
      clean(() => {
        const a = normal(n, m, from);
        const { u, s, v } = svd(a);
        expect(largest(tf.sub(tf.matMul(tf.mul(u, s), v, false, true), a))).toBeLessThan(1e-4);
        expect(largest(tf.sub(tf.matMul(u, u, true), tf.eye(s.shape[0])))).toBeLessThan(1e-5);
        expect(largest(tf.sub(tf.matMul(v, v, true), tf.eye(s.shape[0])))).toBeLessThan(1e-5);
      });
    },
  );

  test('refuses what is too large', () => {
    clean(() => {
      expect(() => svd(tf.eye(1025))).toThrow(/1024 at most/);
    });
  });

  test('refuses values that are not finite', () => {
    clean(() => {
      expect(() => svd(tf.tensor2d([[1, Infinity]]))).toThrow(/finite/);
    });
  });
});

describe('inverseSquareRoot', () => {
  test.prop([side, seed, fc.constantFrom(1e-3, 0.1, 1)], { numRuns: 30 })(
    'its square is the inverse (n, seed, ridge)',
    (n, from, ridge) => {
      clean(() => {
        const x = normal(n, n, from);
        const a = tf.add(tf.matMul(x, x, false, true), tf.mul(tf.eye(n), ridge)) as tf.Tensor2D;
        const root = inverseSquareRoot(a);
        // Rounding of products, amplified by the condition number (up to ~1e5 here) and scaled by the largest entry 1/ridge.
        const expected = choleskyInverse(a);
        const scale = Math.max(1, largest(expected));
        expect(largest(tf.sub(tf.matMul(root, root), expected)) / scale).toBeLessThan(2e-2);
      });
    },
  );

  test.prop([fc.integer({ min: 1, max: 5 }), seed], { numRuns: 15 })(
    'its gradient is the finite difference (n, seed)',
    (n, from) => {
      clean(() => {
        const x = normal(n, n, from);
        const a = tf.add(tf.matMul(x, x, false, true), tf.eye(n)) as tf.Tensor2D;
        const weights = normal(n, n, from + 1);
        const value = (m: tf.Tensor) =>
          tf.sum(tf.mul(weights, inverseSquareRoot(m as tf.Tensor2D))) as tf.Scalar;
        const y = normal(n, n, from + 2);
        const direction = tf.add(y, tf.transpose(y));
        const slope = tf.sum(tf.mul(tf.grad(value)(a), direction)).dataSync()[0]!;
        // Central differences in float32: truncation and rounding both stay near 1e-3 at this step.
        const step = 1e-2;
        const high = value(tf.add(a, tf.mul(direction, step))).dataSync()[0]!;
        const low = value(tf.sub(a, tf.mul(direction, step))).dataSync()[0]!;
        expect(Math.abs(slope - (high - low) / (2 * step))).toBeLessThan(1e-2 * (1 + Math.abs(slope)));
      });
    },
  );

  test('equal eigenvalues give a finite gradient with the closed form -1/2 c^(-3/2) I', () => {
    clean(() => {
      const gradient = tf.grad((m: tf.Tensor) =>
        tf.sum(tf.mul(tf.eye(3), inverseSquareRoot(m as tf.Tensor2D))),
      )(tf.mul(tf.eye(3), 4));
      expect(largest(tf.sub(gradient, tf.mul(tf.eye(3), -1 / 16)))).toBeLessThan(1e-5);
    });
  });
});

describe('nuclearNorm', () => {
  test.prop([side, side, seed], { numRuns: 30 })(
    'is the sum of the singular values (n, m, seed)',
    (n, m, from) => {
      clean(() => {
        const a = normal(n, m, from);
        const values = new SingularValueDecomposition(new Matrix(a.arraySync()), { autoTranspose: true })
          .diagonal;
        const expected = values.reduce((sum, value) => sum + value, 0);
        expect(Math.abs(nuclearNorm(a).dataSync()[0]! - expected)).toBeLessThan(1e-4 * expected);
      });
    },
  );

  test.prop([side, side, seed], { numRuns: 20 })('its gradient is U V^T (n, m, seed)', (n, m, from) => {
    clean(() => {
      const a = normal(n, m, from);
      const { u, s, v } = svd(a);
      // U V^T turns fast where a singular value is near zero; the claim is about the others.
      if (Math.min(...s.dataSync()) < 1e-2) return;
      const gradient = tf.grad((x: tf.Tensor) => nuclearNorm(x as tf.Tensor2D))(a);
      expect(largest(tf.sub(gradient, tf.matMul(u, v, false, true)))).toBeLessThan(1e-3);
    });
  });

  test('at rank-deficient matrices the gradient is finite and lies in their row and column spaces', () => {
    clean(() => {
      const a = tf.tensor2d([
        [3, 0, 0],
        [0, 0, 0],
      ]);
      const gradient = tf.grad((x: tf.Tensor) => nuclearNorm(x as tf.Tensor2D))(a);
      expect(largest(tf.sub(gradient, tf.div(a, 3)))).toBeLessThan(1e-5);
      expect(largest(tf.grad((x: tf.Tensor) => nuclearNorm(x as tf.Tensor2D))(tf.zeros([2, 2])))).toBe(0);
    });
  });
});

describe('randomisedSvd', () => {
  test.prop([fc.integer({ min: 2, max: 40 }), fc.integer({ min: 2, max: 40 }), fc.nat(), seed], {
    numRuns: 20,
  })('recovers a matrix of low rank (n, m, rank, seed)', (n, m, draw, from) => {
    const rank = 1 + (draw % Math.min(n, m, 6));
    clean(() => {
      const a = tf.matMul(normal(n, rank, from), normal(rank, m, from + 1)) as tf.Tensor2D;
      const { u, s, v } = randomisedSvd(a, { rank, random: randomSource(from) });
      expect(largest(tf.sub(tf.matMul(tf.mul(u, s), v, false, true), a))).toBeLessThan(
        1e-4 * (1 + largest(a)),
      );
      expect(largest(tf.sub(tf.matMul(u, u, true), tf.eye(rank)))).toBeLessThan(1e-3);
    });
  });

  test.prop([seed], { numRuns: 10 })(
    'agrees with the full decomposition on its leading part (seed)',
    (from) => {
      clean(() => {
        const a = normal(30, 20, from);
        const full = svd(a);
        const { s, u } = randomisedSvd(a, {
          rank: 3,
          random: randomSource(from),
          tolerance: 0,
          maximumIterations: 200,
        });
        expect(largest(tf.sub(s, full.s.slice([0], [3])))).toBeLessThan(1e-3);
        // Wherever it is well separated, the vector agrees with its sign.
        const [first, second] = full.s.dataSync();
        if (first! - second! > 0.3)
          expect(largest(tf.sub(u.slice([0, 0], [30, 1]), full.u.slice([0, 0], [30, 1])))).toBeLessThan(1e-2);
      });
    },
  );

  test('a zero matrix and a wrong rank', () => {
    clean(() => {
      const { s } = randomisedSvd(tf.zeros([5, 4]) as tf.Tensor2D, { rank: 2, random: randomSource(1) });
      expect([...s.dataSync()]).toEqual([0, 0]);
      expect(() =>
        randomisedSvd(tf.zeros([5, 4]) as tf.Tensor2D, { rank: 5, random: randomSource(1) }),
      ).toThrow(/1\.\.4/);
    });
  });
});

describe('seeded tensors', () => {
  test.prop([seed], { numRuns: 5 })('the seed decides them, and their moments are right (seed)', (from) => {
    clean(() => {
      const one = normal(40, 50, from);
      expect(one.arraySync()).toEqual(normal(40, 50, from).arraySync());
      // 2000 draws: the mean's standard error is 0.022, so 0.12 is beyond 5 of them.
      expect(Math.abs(tf.mean(one).dataSync()[0]!)).toBeLessThan(0.12);
      const values = [...seededUniform([2000], randomSource(from), -1, 3).dataSync()];
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
      expect(Math.max(...values)).toBeLessThanOrEqual(3);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 2000 - 1)).toBeLessThan(0.15);
    });
  });
});
