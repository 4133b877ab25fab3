import { randomSource } from '@crossmodal/core';
import { compile, readValues, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { attentionFusion } from './attention-fusion.js';
import { weightedSum } from './weighted-sum.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

const inference = { training: false } as const;
const anySetting = fc.record({
  latentSizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
  n: fc.integer({ min: 1, max: 5 }),
  temperature: fc.double({ min: 0.05, max: 10, noNaN: true }),
  seed: fc.nat(999),
});

/** `x W + b` on plain numbers. */
function affine(rows: number[][], weights: number[][], offsets: number[]): number[][] {
  return rows.map((row) =>
    offsets.map((offset, j) => row.reduce((sum, value, i) => sum + value * weights[i]![j]!, offset)),
  );
}

describe('attentionFusion', () => {
  test.prop([anySetting], { numRuns: 25 })(
    'is Eq. 1-4, sample by sample (sizes, n, tau, seed)',
    ({ latentSizes, n, temperature, seed }) => {
      const before = tf.memory().numTensors;
      const random = randomSource(seed);
      const attention = attentionFusion({ latentSizes, hidden: [3, 2], temperature, random });
      tf.tidy(() => {
        const latents = latentSizes.map((size) => seededNormal([n, size], random) as tf.Tensor2D);
        const rows = latents.map((latent) => latent.arraySync());
        let values = Array.from({ length: n }, (_, i) => rows.flatMap((latent) => latent[i]!));
        const [w1, b1, w2, b2, w3, b3] = attention.variables.map((variable) => variable.arraySync());
        values = affine(values, w1 as number[][], b1 as number[]);
        values = affine(values, w2 as number[][], b2 as number[]);
        values = affine(values, w3 as number[][], b3 as number[]);
        const scores = values.map((row) => {
          const powers = row.map((value) => Math.exp(1 / (1 + Math.exp(-value)) / temperature));
          const sum = powers.reduce((a, b) => a + b);
          return powers.map((power) => power / sum);
        });
        const weights = latentSizes.map((_, v) => scores.reduce((sum, row) => sum + row[v]!, 0) / n);
        scores
          .flat()
          .forEach((score, p) =>
            expect(attention.scores(latents, inference).dataSync()[p]).toBeCloseTo(score, 4),
          );
        attention
          .weights(latents, inference)
          .dataSync()
          .forEach((weight, v) => expect(weight).toBeCloseTo(weights[v]!, 4));
      });
      attention.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([anySetting], { numRuns: 25 })(
    'weights sum to 1, and none exceeds another by more than exp(1 / tau) (sizes, n, tau, seed)',
    ({ latentSizes, n, temperature, seed }) => {
      const random = randomSource(seed);
      const attention = attentionFusion({ latentSizes, hidden: [4], temperature, random });
      const weights = readValues(() =>
        attention.weights(
          latentSizes.map((size) => tf.mul(seededNormal([n, size], random), 100)),
          inference,
        ),
      );
      attention.dispose();
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      const ratio = Math.log(Math.max(...weights)) - Math.log(Math.min(...weights));
      if (Math.min(...weights) > 0) expect(ratio).toBeLessThanOrEqual(1 / temperature + 1e-4);
    },
  );

  test.prop([anySetting, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 })], { numRuns: 25 })(
    'weights are means over the samples that have a modality, and what absent ones hold does not matter (setting, flags)',
    ({ latentSizes, n, temperature, seed }, flags) => {
      const random = randomSource(seed);
      const before = tf.memory().numTensors;
      const attention = attentionFusion({ latentSizes, hidden: [4], temperature, random });
      // The last modality is there for all.
      const held = latentSizes.map((_, v) =>
        v === latentSizes.length - 1
          ? undefined
          : Array.from({ length: n }, (_value, i) => flags[v * 5 + i]!),
      );
      tf.tidy(() => {
        const masks = held.map((own) => own && tf.tensor2d(own.map((flag) => [flag ? 1 : 0])));
        const latents = latentSizes.map((size) => seededNormal([n, size], random));
        const cleared = latents.map((latent, v) =>
          masks[v] === undefined ? latent : tf.mul(latent, masks[v]),
        );
        const junk = latents.map((latent, v) =>
          masks[v] === undefined ? latent : tf.add(latent, tf.mul(tf.sub(1, masks[v]), 100)),
        );
        const scores = attention.scores(cleared, inference).arraySync();
        attention
          .scores(junk, inference, masks)
          .arraySync()
          .forEach((row, i) => row.forEach((score, v) => expect(score).toBeCloseTo(scores[i]![v]!, 5)));
        const means = latentSizes.map((_, v) => {
          const own = scores.filter((_row, i) => held[v]?.[i] ?? true).map((row) => row[v]!);
          return own.length === 0 ? 0 : own.reduce((sum, score) => sum + score, 0) / own.length;
        });
        const total = means.reduce((sum, mean) => sum + mean, 0);
        attention
          .weights(junk, inference, masks)
          .dataSync()
          .forEach((weight, v) => expect(weight).toBeCloseTo(means[v]! / total, 4));
      });
      attention.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('a batch in which nobody has a modality has no NaN, and masks that do not fit are refused', () => {
    const attention = attentionFusion({ latentSizes: [2, 2], random: randomSource(0) });
    tf.tidy(() => {
      const latents = [tf.ones([2, 2]), tf.ones([2, 2])];
      const [none, all] = [tf.zeros([2, 1]), tf.ones([2, 1])];
      expect([...attention.weights(latents, inference, [none, all]).dataSync()]).toEqual([0, 1]);
      expect([...attention.weights(latents, inference, [none, none]).dataSync()]).toEqual([0, 0]);
      expect(() => attention.weights(latents, inference, [all])).toThrowError(/2 masks/);
      expect(() => attention.scores(latents, inference, [all, tf.ones([3, 1])])).toThrowError(/\[2, 1\]/);
    });
    attention.dispose();
  });

  test('refuses a temperature of 0, no modality, and latents of other sizes', () => {
    const random = randomSource(0);
    expect(() => attentionFusion({ latentSizes: [2], temperature: 0, random })).toThrowError(/above 0/);
    expect(() => attentionFusion({ latentSizes: [], random })).toThrowError(/one modality/);
    const attention = attentionFusion({ latentSizes: [2, 2], random });
    tf.tidy(() => {
      expect(() => attention.scores([tf.zeros([1, 2])], inference)).toThrowError(/2 latents/);
      expect(() => attention.weights([tf.zeros([1, 2]), tf.zeros([1, 3])], inference)).toThrowError(
        /\[n, 2\]/,
      );
    });
    attention.dispose();
  });
});

describe('weightedSum', () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.nat(999)], { numRuns: 20 })(
    'is the sum, value by value; equal latents stay what they are (modalities, n, seed)',
    (count, n, seed) => {
      const random = randomSource(seed);
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const weights = tf.softmax(seededNormal([count], random)) as tf.Tensor1D;
        const latents = Array.from({ length: count }, () => seededNormal([n, 3], random));
        const plain = weights.arraySync();
        const values = latents.map((latent) => latent.dataSync());
        weightedSum(latents, weights)
          .dataSync()
          .forEach((value, p) =>
            expect(value).toBeCloseTo(
              plain.reduce((sum, weight, v) => sum + weight * values[v]![p]!, 0),
              5,
            ),
          );
        const same = weightedSum(
          latents.map(() => latents[0]!),
          weights,
        ).dataSync();
        same.forEach((value, p) => expect(value).toBeCloseTo(values[0]![p]!, 5));
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop(
    [
      fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      fc.nat(999),
    ],
    {
      numRuns: 20,
    },
  )(
    'weights of the modalities that a sample has are scaled to sum 1; one that has none comes out as zeros (flags, seed)',
    (flags, seed) => {
      const random = randomSource(seed);
      const n = flags.length;
      tf.tidy(() => {
        const weights = tf.softmax(seededNormal([3], random)) as tf.Tensor1D;
        const latents = [0, 1, 2].map(() => seededNormal([n, 2], random) as tf.Tensor2D);
        const masks = [0, 1, 2].map((v) => tf.tensor2d(flags.map((row) => [row[v] ? 1 : 0])));
        const plain = weights.arraySync();
        const values = latents.map((latent) => latent.arraySync());
        const fused = weightedSum(latents, weights, { masks }).arraySync() as number[][];
        fused.forEach((row, i) =>
          row.forEach((value, c) => {
            const own = [0, 1, 2].filter((v) => flags[i]![v]);
            const total = own.reduce((sum, v) => sum + plain[v]!, 0);
            const expected = own.reduce((sum, v) => sum + (plain[v]! / total) * values[v]![i]![c]!, 0);
            expect(value).toBeCloseTo(expected, 5);
          }),
        );
      });
    },
  );

  test('refuses weights or latents that do not fit', () => {
    tf.tidy(() => {
      const latent = tf.zeros([2, 3]);
      expect(() => weightedSum([latent], tf.ones([2]))).toThrowError(/one weight a latent/);
      expect(() => weightedSum([], tf.ones([1]))).toThrowError(/one weight a latent/);
      expect(() => weightedSum([latent, tf.zeros([2, 4])], tf.ones([2]))).toThrowError(/one shape/);
      expect(() => weightedSum([latent], tf.ones([1]), { masks: [tf.ones([3, 1])] })).toThrowError(
        /\[2, 1\]/,
      );
      expect(() => weightedSum([latent], tf.ones([1]), { masks: [undefined, undefined] })).toThrowError(
        /1 masks/,
      );
    });
  });
});

test('compiled on onnx, attention and its gradient are those of cpu', async () => {
  const results: Record<string, Float32Array>[] = [];
  for (const backend of ['cpu', 'onnx'] as const) {
    await useBackend(backend);
    const random = randomSource(3);
    const attention = attentionFusion({ latentSizes: [4, 4], temperature: 0.5, random });
    const inputs = { a: seededNormal([6, 4], random), b: seededNormal([6, 4], random) };
    const step = compile(({ a, b }) => {
      const fused = (x: tf.Tensor) => {
        const weights = attention.weights([x, b!], inference);
        return tf.sum(tf.square(weightedSum([x, b!], weights)));
      };
      const masks = [tf.tensor2d([1, 0, 1, 1, 0, 1], [6, 1]), undefined];
      const gappy = (x: tf.Tensor) => {
        const weights = attention.weights([x, b!], inference, masks);
        return tf.sum(tf.square(weightedSum([x, b!], weights, { masks })));
      };
      return {
        weights: attention.weights([a!, b!], inference),
        gradient: tf.grad(fused)(a!),
        gappy: gappy(a!),
        gappyGradient: tf.grad(gappy)(a!),
      };
    });
    results.push(await step.run(inputs));
    step.dispose();
    tf.dispose(inputs);
    attention.dispose();
  }
  const [cpu, onnx] = results;
  for (const [key, values] of Object.entries(cpu!))
    values.forEach((value, p) => expect(onnx![key]![p]).toBeCloseTo(value, 3));
});
