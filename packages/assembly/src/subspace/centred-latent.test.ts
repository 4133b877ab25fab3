import { denseMatrix, randomSource, vectors } from '@crossmodal/core';
import { prepareModality } from '@crossmodal/transforms';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { centredLatent } from './centred-latent.js';

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
