import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { gradientError } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect } from 'vitest';
import { deepCca } from './deep-cca.js';
import { deepGcca } from './deep-gcca.js';
import { pairwiseDeepCca } from './pairwise-deep-cca.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySeed = fc.nat(9999);
const anySide = fc.integer({ min: 1, max: 6 });
const anyRows = fc.integer({ min: 1, max: 30 });

function normal(n: number, d: number, seed: number): tf.Tensor2D {
  return seededNormal([n, d], randomSource(seed)) as tf.Tensor2D;
}

function clean(body: () => void): void {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    body();
  });
  expect(tf.memory().numTensors).toBe(before);
}

const valueOf = (scalar: tf.Scalar): number => scalar.dataSync()[0]!;
const largest = (x: tf.Tensor): number => tf.max(tf.abs(x)).dataSync()[0]!;
const isFinite = (x: tf.Tensor): boolean => [...x.dataSync()].every((value) => Number.isFinite(value));

/** Eq. 4: rows minus their mean, in float64. */
function centred(z: tf.Tensor2D, rows?: readonly number[]): Matrix {
  const all = z.arraySync();
  const kept = (rows ?? all.map((_, i) => i)).map((i) => all[i]!);
  return new Matrix(kept).subRowVector(new Matrix(kept).mean('column'));
}

function inverseRoot(a: Matrix): Matrix {
  const { realEigenvalues, eigenvectorMatrix: u } = new EigenvalueDecomposition(a, { assumeSymmetric: true });
  return u.mmul(Matrix.diag(realEigenvalues.map((w) => 1 / Math.sqrt(w)))).mmul(u.transpose());
}

function covariance(a: Matrix, b: Matrix, ridge: number): Matrix {
  const s = a
    .transpose()
    .mmul(b)
    .div(a.rows - 1);
  return ridge === 0 ? s : Matrix.add(s, Matrix.eye(s.rows).mul(ridge));
}

/** Eq. 5 as it is written, by eigenpairs and singular values. */
function literalCca(h1: Matrix, h2: Matrix, r1: number, r2: number): number {
  const t = inverseRoot(covariance(h1, h1, r1))
    .mmul(covariance(h1, h2, 0))
    .mmul(inverseRoot(covariance(h2, h2, r2)));
  const { diagonal } = new SingularValueDecomposition(t, { autoTranspose: true });
  return diagonal.reduce((sum, value) => sum + value, 0);
}

/** The k largest eigenvalues of the sum of the n x n projections. */
function literalGcca(hs: readonly Matrix[], k: number, ridge: number): number {
  const n = hs[0]!.rows;
  const sum = Matrix.zeros(n, n);
  for (const h of hs) {
    const inner = covariance(h, h, ridge).mul(n - 1);
    const root = inverseRoot(inner);
    sum.add(h.mmul(root).mmul(root).mmul(h.transpose()));
  }
  const { realEigenvalues } = new EigenvalueDecomposition(sum, { assumeSymmetric: true });
  return realEigenvalues
    .sort((a, b) => b - a)
    .slice(0, k)
    .reduce((total, value) => total + value, 0);
}

describe('deepCca', () => {
  test.prop([fc.integer({ min: 2, max: 30 }), anySide, anySide, anySeed], { numRuns: 30 })(
    'is Eq. 5 (n, d1, d2, seed)',
    (n, d1, d2, seed) => {
      clean(() => {
        const z1 = normal(n, d1, seed);
        const z2 = normal(n, d2, seed + 1);
        const expected = literalCca(centred(z1), centred(z2), 1e-3, 1e-2);
        const value = -valueOf(deepCca(z1, z2, { ridge: [1e-3, 1e-2] }));
        // Whitening at n < d has a condition of 10^4: float32 keeps about three digits.
        expect(Math.abs(value - expected)).toBeLessThan(3e-3 * Math.max(1, expected));
      });
    },
  );

  test.prop([fc.integer({ min: 2, max: 5 }), anySeed], { numRuns: 20 })(
    'identical latents have the correlation d, independent ones near 0 (d, seed)',
    (d, seed) => {
      clean(() => {
        const z = normal(60, d, seed);
        expect(-valueOf(deepCca(z, z, { ridge: 1e-6 }))).toBeCloseTo(d, 2);
        const long = normal(4000, d, seed);
        // Correlations of independent columns are of size sqrt(d / n).
        expect(-valueOf(deepCca(long, normal(4000, d, seed + 1)))).toBeLessThan(d * 4 * Math.sqrt(d / 4000));
      });
    },
  );

  test.prop([fc.integer({ min: 1, max: 4 }), anySeed], { numRuns: 20 })(
    'does not change under invertible linear maps and shifts as the ridge goes to 0 (d, seed)',
    (d, seed) => {
      clean(() => {
        const z1 = normal(40, d, seed);
        const z2 = tf.add(z1, normal(40, d, seed + 1)) as tf.Tensor2D;
        // Well conditioned: the identity plus a part of norm below 1.
        const map = tf.add(tf.eye(d), tf.mul(normal(d, d, seed + 2), 0.3 / d)) as tf.Tensor2D;
        const moved = tf.add(tf.mul(tf.matMul(z1, map), 3), 5) as tf.Tensor2D;
        const ridge = 1e-6;
        expect(valueOf(deepCca(moved, z2, { ridge }))).toBeCloseTo(valueOf(deepCca(z1, z2, { ridge })), 2);
      });
    },
  );

  test.prop([fc.integer({ min: 8, max: 20 }), anySide, anySide, anySeed], { numRuns: 15 })(
    'is symmetric and lies in [-min(d1, d2), 0] (n, d1, d2, seed)',
    (n, d1, d2, seed) => {
      clean(() => {
        const z1 = normal(n, d1, seed);
        const z2 = normal(n, d2, seed + 1);
        const value = valueOf(deepCca(z1, z2));
        expect(value).toBeLessThanOrEqual(0);
        expect(value).toBeGreaterThan(-Math.min(d1, d2) * 1.001);
        expect(valueOf(deepCca(z2, z1))).toBeCloseTo(value, 3);
      });
    },
  );

  test.prop([fc.integer({ min: 12, max: 24 }), fc.integer({ min: 1, max: 4 }), anySeed], { numRuns: 15 })(
    'gradients agree with finite differences (n, d, seed)',
    (n, d, seed) => {
      const z1 = tf.variable(normal(n, d, seed));
      const z2 = tf.variable(tf.tidy(() => tf.add(tf.mul(z1, 0.7), normal(n, d, seed + 1)) as tf.Tensor2D));
      expect(gradientError(() => deepCca(z1, z2, { ridge: 1e-2 }), [z1, z2], seed)).toBeLessThan(2e-2);
      tf.dispose([z1, z2]);
    },
  );

  test.prop([fc.integer({ min: 6, max: 20 }), anySeed], { numRuns: 15 })(
    'a mask is a selection of rows, in value and gradient (n, seed)',
    (n, seed) => {
      clean(() => {
        const z1 = normal(n, 2, seed);
        const z2 = normal(n, 3, seed + 1);
        const kept = Array.from({ length: n }, (_, i) => i).filter((i) => i % 3 !== 0);
        const flags = Array.from({ length: n }, (_, i) => [i % 3 === 0 ? 0 : 1]);
        const mask = tf.tensor2d(flags);
        const pick = (x: tf.Tensor) => tf.gather(x, kept) as tf.Tensor2D;
        expect(valueOf(deepCca(z1, z2, { mask }))).toBeCloseTo(valueOf(deepCca(pick(z1), pick(z2))), 4);
        const gradient = tf.grad((x: tf.Tensor) => deepCca(x as tf.Tensor2D, z2, { mask }))(z1);
        const picked = tf.grad((x: tf.Tensor) => deepCca(x as tf.Tensor2D, pick(z2)))(pick(z1));
        expect(largest(tf.sub(pick(gradient), picked))).toBeLessThan(1e-3);
        expect(largest(tf.mul(gradient, tf.sub(1, mask)))).toBe(0);
      });
    },
  );
});

/** Latents that break an eigendecomposition: constant and repeated columns, fewer rows than columns, all sizes. */
const degenerate = fc.record({
  n: anyRows,
  d: fc.integer({ min: 1, max: 12 }),
  seed: anySeed,
  constant: fc.nat(12),
  repeated: fc.nat(12),
  scale: fc.constantFrom(0, 1e-6, 1, 1e4),
});

function degenerateLatent({
  n,
  d,
  seed,
  constant,
  repeated,
  scale,
}: typeof degenerate extends fc.Arbitrary<infer T> ? T : never) {
  const values = normal(n, d, seed).arraySync();
  for (const row of values) {
    for (let q = 0; q < Math.min(d, repeated); q++) row[q] = row[0]!;
    for (let q = 0; q < Math.min(d, constant); q++) row[d - 1 - q] = 3;
  }
  return tf.mul(tf.tensor2d(values, [n, d]), scale) as tf.Tensor2D;
}

describe.each(['deepCca', 'deepGcca'] as const)('%s at degenerate latents', (name) => {
  const loss = (z1: tf.Tensor2D, z2: tf.Tensor2D, ridge: number) =>
    name === 'deepCca' ? deepCca(z1, z2, { ridge }) : deepGcca([z1, z2], { ridge });

  test.prop([degenerate, degenerate, fc.constantFrom(1e-6, 1e-3), fc.boolean()], { numRuns: 40 })(
    'value and gradients are finite, and the value is in range',
    (one, other, ridge, same) => {
      clean(() => {
        const z1 = degenerateLatent(one);
        const z2 = same ? z1 : degenerateLatent({ ...other, n: one.n });
        const value = valueOf(loss(z1, z2, ridge));
        const bound = Math.min(z1.shape[1], z2.shape[1]) * (name === 'deepCca' ? 1 : 2);
        expect(value).toBeLessThan(1e-3);
        // At a condition of 3e6 / d float32 whitens to a few percent.
        expect(value).toBeGreaterThan(-bound * 1.1);
        const gradients = tf.grads((x: tf.Tensor, y: tf.Tensor) =>
          loss(x as tf.Tensor2D, y as tf.Tensor2D, ridge),
        )([z1, z2]);
        expect(gradients.every(isFinite)).toBe(true);
      });
    },
  );

  test('beside dead columns, live ones have the gradient they have without them', () => {
    clean(() => {
      const z1 = normal(30, 3, 1);
      const z2 = tf.add(z1, normal(30, 3, 2)) as tf.Tensor2D;
      const dead = tf.concat([z1, tf.zeros([30, 5])], 1) as tf.Tensor2D;
      const gradient = tf.grad((x: tf.Tensor) => loss(x as tf.Tensor2D, z2, 1e-3));
      const [alive, without] = [tf.slice(gradient(dead), [0, 0], [30, 3]), gradient(z1)];
      expect(largest(tf.sub(alive, without))).toBeLessThan(1e-3);
    });
  });
});

describe('pairwiseDeepCca', () => {
  test.prop([fc.integer({ min: 2, max: 4 }), anySeed], { numRuns: 15 })(
    'is the sum over pairs of Eq. 5, and with two modalities Eq. 6 (modalities, seed)',
    (count, seed) => {
      clean(() => {
        const latents = Array.from({ length: count }, (_, v) => normal(20, 1 + (v % 3), seed + v));
        let expected = 0;
        for (let v = 0; v < count; v++)
          for (let w = v + 1; w < count; w++)
            expected += (v + w) * literalCca(centred(latents[v]!), centred(latents[w]!), 1e-3, 1e-3);
        const value = valueOf(pairwiseDeepCca(latents, { weight: (v, w) => v + w }));
        expect(Math.abs(value + expected)).toBeLessThan(1e-3 * Math.max(1, expected));
        if (count === 2) expect(value).toBeCloseTo(valueOf(deepCca(latents[0]!, latents[1]!)), 5);
      });
    },
  );

  test('pairs are compared on the rows of both', () => {
    clean(() => {
      const latents = [normal(12, 2, 1), normal(12, 2, 2), normal(12, 2, 3)];
      const present = (from: number, to: number) =>
        tf.tensor2d(Array.from({ length: 12 }, (_, i) => [i >= from && i < to ? 1 : 0]));
      const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
      const pair = (v: number, w: number, kept: readonly number[]) =>
        literalCca(centred(latents[v]!, kept), centred(latents[w]!, kept), 1e-3, 1e-3);
      const value = valueOf(pairwiseDeepCca(latents, { masks: [present(0, 8), undefined, present(2, 12)] }));
      const expected = pair(0, 1, rows(0, 8)) + pair(0, 2, rows(2, 8)) + pair(1, 2, rows(2, 12));
      expect(Math.abs(value + expected)).toBeLessThan(1e-3 * expected);
    });
  });
});

describe('deepGcca', () => {
  test.prop([fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 4 }), anySeed], { numRuns: 20 })(
    'is the sum of the leading eigenvalues of the projections (modalities, k, seed)',
    (count, k, seed) => {
      clean(() => {
        const common = normal(25, 3, seed);
        const latents = Array.from(
          { length: count },
          (_, v) => tf.add(common, normal(25, 3, seed + 1 + v)) as tf.Tensor2D,
        );
        const expected = literalGcca(
          latents.map((z) => centred(z)),
          k,
          1e-3,
        );
        const value = -valueOf(deepGcca(latents, { dimension: k, iterations: 40 }));
        // A subspace that has not settled has a smaller trace, by the square of its error.
        expect(Math.abs(value - expected)).toBeLessThan(5e-3 * expected);
      });
    },
  );

  test.prop([fc.integer({ min: 1, max: 4 }), anySeed], { numRuns: 15 })(
    'with two modalities, k = d and a small ridge, it is deepCca - d (d, seed)',
    (d, seed) => {
      clean(() => {
        const z1 = normal(40, d, seed);
        const z2 = tf.add(z1, normal(40, d, seed + 1)) as tf.Tensor2D;
        const value = valueOf(deepGcca([z1, z2], { ridge: 1e-5 }));
        expect(Math.abs(value - valueOf(deepCca(z1, z2, { ridge: 1e-5 })) + d)).toBeLessThan(2e-2 * d);
      });
    },
  );

  test.prop([fc.integer({ min: 2, max: 3 }), fc.boolean(), anySeed], { numRuns: 12 })(
    'gradients agree with finite differences (modalities, masked, seed)',
    (count, masked, seed) => {
      const mask = tf.tensor2d(Array.from({ length: 20 }, (_, i) => [i < 15 ? 1 : 0]));
      // One common direction: the leading eigenvalue is well separated.
      const common = normal(20, 1, seed);
      const latents = Array.from({ length: count }, (_, v) =>
        tf.variable(tf.tidy(() => tf.add(tf.mul(common, 2), normal(20, 2, seed + 1 + v)) as tf.Tensor2D)),
      );
      const options = { dimension: 1, ridge: 1e-2, ...(masked ? { masks: [mask] } : {}) };
      expect(gradientError(() => deepGcca(latents, options), latents, seed)).toBeLessThan(2e-2);
      tf.dispose([mask, common, latents]);
    },
  );
});

describe('on onnx, compiled', () => {
  async function results(backend: 'cpu' | 'onnx') {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const inputs = {
      a: normal(30, 4, 1),
      b: normal(30, 3, 2),
      mask: tf.tensor2d(Array.from({ length: 30 }, (_, i) => [i % 2])),
    };
    const step = compile(({ a, b, mask }) => {
      const losses = {
        cca: (x: tf.Tensor) => deepCca(x as tf.Tensor2D, b as tf.Tensor2D, { mask: mask! }),
        pairs: (x: tf.Tensor) => pairwiseDeepCca([x, b, x] as tf.Tensor2D[]),
        gcca: (x: tf.Tensor) => deepGcca([x, b] as tf.Tensor2D[], { dimension: 1 }),
      };
      const outputs: Record<string, tf.Tensor> = {};
      for (const [name, loss] of Object.entries(losses)) {
        outputs[name] = loss(a!);
        outputs[`${name} gradient`] = tf.grad(loss)(a!);
      }
      return outputs;
    });
    const read = await step.run(inputs);
    step.dispose();
    tf.dispose(inputs);
    expect(tf.memory().numTensors).toBe(before);
    return read;
  }

  test('values and gradients are what they are on cpu', async () => {
    const cpu = await results('cpu');
    const onnx = await results('onnx');
    await tf.setBackend('cpu');
    for (const [key, values] of Object.entries(cpu)) {
      // Forty products of matrices, summed in another order.
      values.forEach((value, i) => expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-3));
    }
  });
});

describe('what is refused', () => {
  test('other rows, masks, ridges, dimensions, too few latents', () => {
    clean(() => {
      const z = normal(5, 2, 1);
      expect(() => deepCca(z, normal(4, 2, 1))).toThrow(/latents \[5, d\]/);
      expect(() => deepCca(z, z, { mask: tf.ones([5]) })).toThrow(/mask \[5, 1\]/);
      expect(() => deepCca(z, z, { ridge: 0 })).toThrow(/above 0/);
      expect(() => deepGcca([z, z], { dimension: 5 })).toThrow(/1\.\.4/);
      expect(() => deepGcca([z])).toThrow(/two latents/);
      expect(() => pairwiseDeepCca([z])).toThrow(/two latents/);
    });
  });
});
