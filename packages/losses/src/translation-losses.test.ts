import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cycleConsistency } from './cycle-consistency.js';
import type { Reduction } from './reduction.js';
import { wassersteinCritic } from './adversarial/wasserstein-critic.js';
import { wassersteinGenerator } from './adversarial/wasserstein-generator.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySeed = fc.integer({ min: 0, max: 9999 });
const anySize = fc.integer({ min: 1, max: 6 });
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const valueOf = (body: () => tf.Scalar) => tf.tidy(() => body().dataSync()[0]!);

describe('Wasserstein losses', () => {
  test.prop([anySize, anySize, anySeed], { numRuns: 40 })(
    'are the differences of means that Eq. 3 has (real, fake, seed)',
    (m, n, seed) => {
      const before = tf.memory().numTensors;
      const real = seededNormal([m, 1], randomSource(seed));
      const fake = seededNormal([n, 1], randomSource(seed + 1));
      const critic = wassersteinCritic(real, fake);
      const generator = wassersteinGenerator(fake);
      const adversarial = mean(real.dataSync()) - mean(fake.dataSync());
      expect(critic.dataSync()[0]).toBeCloseTo(-adversarial, 5);
      expect(generator.dataSync()[0]).toBeCloseTo(-mean(fake.dataSync()), 5);
      tf.dispose([real, fake, critic, generator]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([anySize, anySize, anySeed, fc.double({ min: -3, max: 3, noNaN: true })], { numRuns: 30 })(
    "the critic's is antisymmetric, 0 for equal scores, and blind to a constant (real, fake, seed, constant)",
    (m, n, seed, constant) => {
      tf.tidy(() => {
        const real = seededNormal([m, 1], randomSource(seed));
        const fake = seededNormal([n, 1], randomSource(seed + 1));
        const value = valueOf(() => wassersteinCritic(real, fake));
        expect(valueOf(() => wassersteinCritic(fake, real))).toBeCloseTo(-value, 6);
        expect(valueOf(() => wassersteinCritic(real, real))).toBe(0);
        const moved = valueOf(() => wassersteinCritic(tf.add(real, constant), tf.add(fake, constant)));
        expect(moved).toBeCloseTo(value, 4);
      });
    },
  );

  test('gradients agree with finite differences', () => {
    const real = tf.variable(seededNormal([4, 1], randomSource(1)));
    const fake = tf.variable(seededNormal([3, 1], randomSource(2)));
    // Linear: central differences are exact but for float32 rounding.
    expect(gradientError(() => wassersteinCritic(real, fake), [real, fake], 3)).toBeLessThan(1e-3);
    expect(gradientError(() => wassersteinGenerator(fake), [fake], 3)).toBeLessThan(1e-3);
    tf.dispose([real, fake]);
  });
});

describe('cycleConsistency', () => {
  const anyNorm = fc.constantFrom('l1', 'l2');
  const anyReduction = fc.constantFrom<Reduction>('sum', 'mean', 'sampleMean');

  test.prop([anySize, anySize, anyNorm, anyReduction, anySeed], { numRuns: 60 })(
    'is the naive norm of Eq. 2 (n, q, norm, reduction, seed)',
    (n, q, norm, reduction, seed) => {
      const before = tf.memory().numTensors;
      const z = seededNormal([n, q], randomSource(seed));
      const returned = seededNormal([n, q], randomSource(seed + 1));
      const [a, b] = [z.dataSync(), returned.dataSync()];
      let expected = 0;
      a.forEach((x, p) => {
        expected += norm === 'l1' ? Math.abs(x - b[p]!) : (x - b[p]!) ** 2;
      });
      if (reduction !== 'sum') expected /= reduction === 'mean' ? n * q : n;
      const value = cycleConsistency(z, returned, { norm, reduction });
      expect(Math.abs(value.dataSync()[0]! - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
      tf.dispose([z, returned, value]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([anySize, anyNorm, anySeed], { numRuns: 20 })(
    'is symmetric, 0 for samples that come back, and has no gradient there (n, norm, seed)',
    (n, norm, seed) => {
      tf.tidy(() => {
        const z = seededNormal([n, 3], randomSource(seed));
        const other = seededNormal([n, 3], randomSource(seed + 1));
        const value = valueOf(() => cycleConsistency(z, other, { norm }));
        expect(valueOf(() => cycleConsistency(other, z, { norm }))).toBe(value);
        expect(valueOf(() => cycleConsistency(z, z, { norm }))).toBe(0);
        const gradient = tf.grad((x) => cycleConsistency(x, z, { norm }))(z);
        expect(gradient.dataSync().every((x) => x === 0)).toBe(true);
      });
    },
  );

  test.each(['l1', 'l2'] as const)('%s: gradients agree with finite differences', (norm) => {
    const z = tf.variable(seededNormal([4, 3], randomSource(1)));
    // Differences of 1 or more, far from the corner of the l1 norm.
    const returned = tf.variable(
      tf.tidy(() => tf.add(z, tf.mul(2, tf.sign(seededNormal([4, 3], randomSource(2)))))),
    );
    expect(gradientError(() => cycleConsistency(z, returned, { norm }), [z, returned], 3)).toBeLessThan(1e-3);
    tf.dispose([z, returned]);
  });

  test('another shape or norm is refused', () => {
    tf.tidy(() => {
      const z = tf.zeros([2, 3]);
      expect(() => cycleConsistency(z, tf.zeros([1, 3]))).toThrow(expect.objectContaining({ code: 'shape' }));
      expect(() => cycleConsistency(z, z, { norm: 'l3' as 'l1' })).toThrow(
        expect.objectContaining({ code: 'option' }),
      );
    });
  });
});

describe('on onnx, compiled', () => {
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  async function results(backend: 'cpu' | 'onnx') {
    await useBackend(backend);
    const inputs = { a: seededNormal([5, 4], randomSource(1)), b: seededNormal([5, 4], randomSource(2)) };
    const step = compile(({ a, b }) => {
      const total = (x: tf.Tensor) =>
        tf.addN([
          wassersteinCritic(x, b!),
          wassersteinGenerator(x),
          cycleConsistency(x, b!),
          cycleConsistency(x, b!, { norm: 'l2', reduction: 'mean' }),
        ]) as tf.Scalar;
      return { total: total(a!), gradient: tf.grad((x) => total(x))(a!) };
    });
    const read = await step.run(inputs);
    step.dispose();
    tf.dispose(inputs);
    return read;
  }

  test('values and gradients are what they are on cpu', async () => {
    const cpu = await results('cpu');
    const onnx = await results('onnx');
    for (const [key, values] of Object.entries(cpu)) {
      values.forEach((value, i) =>
        expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))),
      );
    }
  });
});
