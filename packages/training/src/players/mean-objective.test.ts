import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { minibatches } from '../batches/minibatches.js';
import { meanObjective } from './mean-objective.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const values = Float32Array.of(1, 5, 2, 8, -3, 7);
const data = { modalities: [{ x: { shape: [6, 1], values }, mask: undefined }] };
const options = (batchSize: number, seed = 1) => ({
  batches: minibatches({ data, batchSize, random: randomSource(seed) }),
  forward: ({ modalities: [first] }: { readonly modalities: readonly { readonly x: tf.Tensor }[] }) =>
    first!.x,
});

test.prop([fc.constantFrom(1, 2, 3, 6), fc.nat(99), fc.double({ min: -3, max: 3, noNaN: true })], {
  numRuns: 20,
})(
  'the mean of a mean over batches of one size is the mean over all, times the weight (size, seed, weight)',
  async (batchSize, seed, weight) => {
    const terms = [{ name: 'mean', weight, value: (x: tf.Tensor) => tf.mean(x) as tf.Scalar }];
    const mean = await meanObjective({ ...options(batchSize, seed), terms });
    expect(mean).toBeCloseTo((weight * 20) / 6, 4);
  },
);

test('a weight that changes is that of the step asked for', async () => {
  const terms = [{ name: 'one', weight: (step: number) => step + 1, value: () => tf.scalar(1) }];
  expect(await meanObjective({ ...options(2), terms })).toBe(1);
  expect(await meanObjective({ ...options(2), terms, step: 4 })).toBe(5);
});

test('what is not finite is a divergence; an abort is heard', async () => {
  const terms = [{ name: 'root', weight: 1, value: (x: tf.Tensor) => tf.sum(tf.sqrt(x)) as tf.Scalar }];
  await expect(meanObjective({ ...options(6), terms })).rejects.toThrow(
    expect.objectContaining({ code: 'diverged' }),
  );
  await expect(meanObjective({ ...options(6), terms, signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ code: 'aborted' }),
  );
});
