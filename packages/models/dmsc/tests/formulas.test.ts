import { centredLatent } from '@crossmodal/assembly';
import { denseMatrix, randomSource, vectors } from '@crossmodal/core';
import { prepareModality } from '@crossmodal/data';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';

import { completePaperOptions } from '../src/paper-rules.js';
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
