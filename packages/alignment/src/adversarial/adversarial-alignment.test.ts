import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { adversarialAlignment } from './adversarial-alignment.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

const inference = { training: false } as const;

describe('adversarialAlignment', () => {
  test.prop([fc.integer({ min: 2, max: 4 }), fc.nat(999)], { numRuns: 15 })(
    'each discriminator sees the first modality and one other; nothing leaks (modalities, seed)',
    (modalities, seed) => {
      const before = tf.memory().numTensors;
      const random = randomSource(seed);
      const hidden = [{ units: 4, activation: 'leakyRelu' }] as const;
      const alignment = adversarialAlignment({ latentSize: 3, modalities, hidden, random });
      expect(alignment.discriminators).toHaveLength(modalities - 1);
      tf.tidy(() => {
        const latents = Array.from({ length: modalities }, () => seededNormal([5, 3], random));
        const logits = alignment.logits(latents, inference);
        logits.forEach(({ real, fake }, d) => {
          const own = (z: tf.Tensor) => alignment.discriminators[d]!.apply(z, inference).dataSync();
          expect(real.shape).toEqual([5, 1]);
          expect(real.dataSync()).toEqual(own(latents[0]!));
          expect(fake.dataSync()).toEqual(own(latents[d + 1]!));
        });
      });
      alignment.dispose();
      alignment.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('refuses one modality, and another number of latents', () => {
    const random = randomSource(0);
    const before = tf.memory().numTensors;
    expect(() => adversarialAlignment({ latentSize: 2, modalities: 1, random })).toThrowError(/2 or more/);
    expect(() => adversarialAlignment({ latentSize: 0, modalities: 2, random })).toThrowError(/inputSize/);
    const alignment = adversarialAlignment({ latentSize: 2, modalities: 3, random });
    expect(() => alignment.logits([], inference)).toThrowError(/3 latents/);
    alignment.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('compiled on onnx, logits and their gradient are those of cpu', async () => {
  const results: Record<string, Float32Array>[] = [];
  for (const backend of ['cpu', 'onnx'] as const) {
    await useBackend(backend);
    const random = randomSource(3);
    const alignment = adversarialAlignment({ latentSize: 4, modalities: 2, random });
    const inputs = { a: seededNormal([6, 4], random), b: seededNormal([6, 4], random) };
    const step = compile(({ a, b }) => {
      const gap = (x: tf.Tensor) => {
        const { real, fake } = alignment.logits([x, b!], inference)[0]!;
        return tf.sum(tf.square(tf.sub(real, fake)));
      };
      return { gap: gap(a!), gradient: tf.grad(gap)(a!) };
    });
    results.push(await step.run(inputs));
    step.dispose();
    tf.dispose(inputs);
    alignment.dispose();
  }
  const [cpu, onnx] = results;
  for (const [key, values] of Object.entries(cpu!))
    values.forEach((value, p) => expect(onnx![key]![p]).toBeCloseTo(value, 3));
});
