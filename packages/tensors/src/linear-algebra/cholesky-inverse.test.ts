import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { inverse, Matrix } from 'ml-matrix';
import { expect } from 'vitest';
import { choleskyInverse, seededNormal, tf } from '../index.js';

/** A random positive definite matrix with eigenvalues of 1 and more. */
function positiveDefinite(n: number, seed: number): tf.Tensor2D {
  return tf.tidy(() => {
    const x = seededNormal([n, 8], randomSource(seed)) as tf.Tensor2D;
    return tf.add(tf.matMul(x, x, false, true), tf.eye(n)) as tf.Tensor2D;
  });
}

test.prop([fc.integer({ min: 1, max: 40 }), fc.nat(1000)], { numRuns: 30 })(
  'small inverses agree with ml-matrix (n, seed)',
  (n, seed) => {
    const k = positiveDefinite(n, seed);
    const before = tf.memory().numTensors;
    const result = choleskyInverse(k);
    expect(tf.memory().numTensors).toBe(before + 1);
    const expected = inverse(new Matrix(k.arraySync())).to2DArray();
    const actual = result.arraySync();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        // Eigenvalues lie in 1..~150, so float32 keeps five digits.
        expect(Math.abs(actual[i]![j]! - expected[i]![j]!)).toBeLessThan(1e-5);
        expect(actual[i]![j]).toBe(actual[j]![i]);
      }
    }
    tf.dispose([k, result]);
  },
);

test.prop([fc.integer({ min: 129, max: 420 }), fc.nat(1000)], { numRuns: 5 })(
  'a blocked inverse times the matrix is the identity (n, seed)',
  (n, seed) => {
    const worst = tf.tidy(() => {
      const k = positiveDefinite(n, seed);
      return tf.max(tf.abs(tf.sub(tf.matMul(choleskyInverse(k), k), tf.eye(n)))).dataSync()[0]!;
    });
    // Condition number about n, times float32's rounding of 6e-8, with room for sums of n terms.
    expect(worst).toBeLessThan(2e-4);
  },
);

test.prop([fc.integer({ min: 1, max: 300 }), fc.nat()], { numRuns: 10 })(
  'the first pivot that is not positive is named (n, row)',
  (n, draw) => {
    const row = draw % n;
    const diagonal = Float32Array.from({ length: n }, (_, i) => (i === row ? -2 : 3));
    const k = tf.tidy(() => tf.diag(tf.tensor1d(diagonal)) as tf.Tensor2D);
    const before = tf.memory().numTensors;
    expect(() => choleskyInverse(k)).toThrow(`pivot -2 at row ${row}`);
    expect(tf.memory().numTensors).toBe(before);
    k.dispose();
  },
);

test('NaN and shapes that are not square are refused', () => {
  const nan = tf.tensor2d([[NaN]]);
  const wide = tf.ones([2, 3]) as tf.Tensor2D;
  expect(() => choleskyInverse(nan)).toThrow(/positive definite/);
  expect(() => choleskyInverse(wide)).toThrow(/square/);
  tf.dispose([nan, wide]);
});
