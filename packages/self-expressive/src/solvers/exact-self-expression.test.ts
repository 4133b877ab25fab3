import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { choleskyInverse, seededNormal, tf, toMatrix, toTensor } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  exactSelfExpression,
  gradientSelfExpression,
  gramMatrix,
  jointGram,
  selfRepresentationError,
} from '../index.js';

function representation(n: number, d: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

/** Largest difference between two matrices. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let p = 0; p < a.length; p++) most = Math.max(most, Math.abs(a[p]! - b[p]!));
  return most;
}

async function exact(z: DenseMatrix, ridge: number): Promise<DenseMatrix<Float32Array>> {
  const s = tf.tidy(() => exactSelfExpression(gramMatrix(toTensor(z)), { ridge }));
  const matrix = await toMatrix(s);
  s.dispose();
  return matrix;
}

const samples = fc.integer({ min: 1, max: 30 });
const features = fc.integer({ min: 1, max: 12 });
const ridges = fc.constantFrom(0.3, 1, 5, 30);
const seeds = fc.nat(10_000);

test.prop([samples, features, ridges, seeds], { numRuns: 30 })(
  'the exact solution equals the converged gradient solver (n, d, ridge, seed)',
  async (n, d, ridge, seed) => {
    const before = tf.memory().numTensors;
    const gram = tf.tidy(() => gramMatrix(seededNormal([n, d], randomSource(seed)) as tf.Tensor2D));
    const closed = exactSelfExpression(gram, { ridge });
    const { coefficients, converged, distance } = gradientSelfExpression(gram, { ridge });
    expect(converged).toBe(true);
    expect(distance).toBeLessThanOrEqual(1e-5);
    expect(difference(closed.dataSync(), coefficients.dataSync())).toBeLessThan(1e-4);
    tf.dispose([gram, closed, coefficients]);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test.prop([samples, features, ridges, seeds], { numRuns: 20 })(
  'the diagonal is zero and S_ij = M_ij / (1 - M_ii) with M = K (K + rho I)^-1 (n, d, ridge, seed)',
  async (n, d, ridge, seed) => {
    const z = representation(n, d, seed);
    const s = await exact(z, ridge);
    const m: number[][] = tf.tidy(() => {
      const gram = gramMatrix(toTensor(z));
      const inverse = choleskyInverse(tf.add(gram, tf.mul(tf.eye(n), ridge)) as tf.Tensor2D);
      return tf.matMul(gram, inverse).arraySync() as number[][];
    });
    for (let i = 0; i < n; i++) {
      expect(s.values[i * n + i]).toBe(0);
      for (let j = 0; j < n; j++) {
        // M_ii near 1 amplifies the rounding of M by 1 / (1 - M_ii).
        const gap = 1 - m[i]![i]!;
        if (i !== j) expect(Math.abs(s.values[i * n + j]! - m[i]![j]! / gap)).toBeLessThan(1e-5 / gap ** 2);
      }
    }
  },
);

test.prop([fc.integer({ min: 2, max: 30 }), features, ridges, seeds], { numRuns: 20 })(
  'permuting the samples permutes the coefficients and changes nothing else (n, d, ridge, seed)',
  async (n, d, ridge, seed) => {
    const z = representation(n, d, seed);
    const order = randomSource(seed).fork('order').permutation(n);
    const shuffled = new Float32Array(n * d);
    order.forEach((source, i) => shuffled.set(z.values.subarray(source * d, (source + 1) * d), i * d));
    const s = await exact(z, ridge);
    const t = await exact(denseMatrix(shuffled, n, d), ridge);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        expect(Math.abs(t.values[i * n + j]! - s.values[order[i]! * n + order[j]!]!)).toBeLessThan(1e-4);
      }
    }
  },
);

test('two orthogonal lines are represented each by itself, in closed form', async () => {
  // Two equal unit vectors: M = [[1, 1], [1, 1]] / (2 + rho), so S_12 = 1 / (1 + rho).
  const z = denseMatrix(Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1), 4, 2);
  const s = await exact(z, 3);
  const expected = [0, 0.25, 0, 0, 0.25, 0, 0, 0, 0, 0, 0, 0.25, 0, 0, 0.25, 0];
  expect(difference(s.values, expected)).toBeLessThan(1e-6);
  // Each row keeps 1 - 1/4 of itself unexplained.
  expect(selfRepresentationError(s, z)).toBeCloseTo(0.75, 6);
});

test.prop([fc.integer({ min: 2, max: 20 }), ridges, seeds], { numRuns: 20 })(
  'a joint Gram matrix equals that of the weighted features side by side (n, ridge, seed)',
  async (n, ridge, seed) => {
    const a = representation(n, 3, seed);
    const b = representation(n, 2, seed + 1);
    const joined = new Float32Array(n * 5);
    for (let i = 0; i < n; i++) {
      joined.set(a.values.subarray(3 * i, 3 * i + 3), 5 * i);
      for (let j = 0; j < 2; j++) joined[5 * i + 3 + j] = 2 * b.values[2 * i + j]!;
    }
    const s = tf.tidy(() => {
      const gram = jointGram([gramMatrix(toTensor(a)), gramMatrix(toTensor(b))], [1, 4]);
      return exactSelfExpression(gram, { ridge });
    });
    expect(difference(s.dataSync(), (await exact(denseMatrix(joined, n, 5), ridge)).values)).toBeLessThan(
      1e-4,
    );
    s.dispose();
  },
);

test('bad options and shapes are refused', () => {
  const wide = tf.ones([2, 3]) as tf.Tensor2D;
  const gram = tf.eye(2);
  expect(() => exactSelfExpression(wide, { ridge: 1 })).toThrow(/Gram matrix/);
  expect(() => exactSelfExpression(gram, { ridge: 0 })).toThrow(/positive/);
  expect(() => gradientSelfExpression(gram, { ridge: 1, learningRate: -1 })).toThrow(/learningRate/);
  expect(() => jointGram([])).toThrow(/one Gram matrix/);
  tf.dispose([wide, gram]);
});

test('a learning rate that is too large is reported, and every option of the gradient solver counts', () => {
  const gram = tf.tidy(() => gramMatrix(seededNormal([8, 3], randomSource(3)) as tf.Tensor2D));
  const before = tf.memory().numTensors;
  expect(() => gradientSelfExpression(gram, { ridge: 1, learningRate: 1e3 })).toThrow(/learning rate/);
  expect(tf.memory().numTensors).toBe(before);
  const loose = gradientSelfExpression(gram, { ridge: 1, tolerance: 1e-2 });
  const tight = gradientSelfExpression(gram, { ridge: 1, tolerance: 1e-5 });
  const slow = gradientSelfExpression(gram, { ridge: 1, learningRate: 1e-4, tolerance: 1e-2 });
  const short = gradientSelfExpression(gram, { ridge: 1, maximumSteps: 2 });
  expect(loose.steps).toBeLessThan(tight.steps);
  expect(slow.steps).toBeGreaterThan(loose.steps);
  expect(short).toMatchObject({ steps: 2, converged: false });
  tf.dispose([gram, loose.coefficients, tight.coefficients, slow.coefficients, short.coefficients]);
});
