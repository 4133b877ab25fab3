import { denseMatrix, randomSource, vectors } from '@crossmodal/core';
import { prepareModality } from '@crossmodal/data';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { centredLatent } from '../src/centred-latent.js';
import { completePaperOptions } from '../src/paper-rules.js';
import { relativeTargets } from '../src/relative-targets.js';
import { resolveDmscOptions, type ResolvedPaperOptions } from '../src/dmsc-options.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('centredLatent', () => {
  test.prop([fc.nat(500)], { numRuns: 20 })('equals the features that kernels are made of (seed)', (seed) => {
    tf.tidy(() => {
      const z = seededNormal([7, 5], randomSource(seed));
      const values = Float32Array.from(z.dataSync());
      const prepared = prepareModality(vectors('z', denseMatrix(values, 7, 5)));
      const means = tf.tensor1d(prepared.transform.state['means'] as Float32Array);
      const q = centredLatent(z, means).dataSync();
      // The epsilon inside the root moves entries near zero by up to 1e-3.
      prepared.features.values.forEach((value, p) => expect(Math.abs(value - q[p]!)).toBeLessThan(4e-3));
    });
  });

  test('zeros have finite gradients', () => {
    const gradient = tf.tidy(() =>
      tf.grad((z) => tf.sum(centredLatent(z, tf.fill([3], 0.1))))(tf.zeros([2, 3])),
    );
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    gradient.dispose();
  });
});

describe('relativeTargets', () => {
  test.prop([fc.integer({ min: 2, max: 9 }), fc.nat(500), fc.boolean()], { numRuns: 30 })(
    'present rows have mean 0 and the variance given; absent ones are zero (n, seed, missing)',
    (n, seed, missing) => {
      const random = randomSource(seed);
      const present = Uint8Array.from({ length: n }, (_, i) => (i < 2 || random.uniform() < 0.6 ? 1 : 0));
      const values = Float32Array.from({ length: n * 3 }, () => random.normal() + 2);
      const { samples, variance, sampleSize } = relativeTargets(
        { shape: [n, 3], values },
        missing ? present : undefined,
      );
      expect(sampleSize).toBe(3);
      let squares = 0;
      for (let q = 0; q < 3; q++) {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          sum += samples.values[i * 3 + q]!;
          squares += samples.values[i * 3 + q]! ** 2;
          if (missing && present[i] === 0) expect(samples.values[i * 3 + q]).toBe(0);
        }
        expect(Math.abs(sum)).toBeLessThan(1e-4);
      }
      const count = missing ? present.reduce((sum, flag) => sum + flag, 0) : n;
      expect(squares / (count * 3)).toBeCloseTo(variance, 4);
    },
  );

  test('equal samples have no variance to divide by', () => {
    expect(relativeTargets({ shape: [3, 1], values: Float32Array.of(2, 2, 2) }).variance).toBe(1);
  });
});

describe('the rules of the public code', () => {
  const paper = resolveDmscOptions({ preset: 'paper' }) as ResolvedPaperOptions;
  test.each([
    [10, 0.01, 0.4],
    [20, 0.1, 0.3],
    [38, 10 ** 0.8, 0.1],
  ])('%i clusters: lambda_2 %d, share %d', (clusters, weight, energy) => {
    const complete = completePaperOptions(paper, clusters, 5);
    expect(complete.selfExpressionWeight).toBeCloseTo(weight, 10);
    expect(complete.thresholdEnergy).toBeCloseTo(energy, 10);
    expect(complete.modalityWeights).toEqual([0.6, 0.1, 0.1, 0.1, 0.1]);
  });

  test('what is given stays', () => {
    const given = { ...paper, selfExpressionWeight: 2, thresholdEnergy: 0.7, modalityWeights: [1] };
    expect(completePaperOptions(given, 3, 1)).toMatchObject({
      selfExpressionWeight: 2,
      thresholdEnergy: 0.7,
    });
  });
});
