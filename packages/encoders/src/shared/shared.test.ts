import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { gaussianHead, reparameterise } from './gaussian-head.js';
import { sharedEncoder, type SharedEncoderOptions } from './shared-encoder.js';

beforeEach(() => tf.setBackend('cpu').then(() => undefined));
afterEach(() => tf.setBackend('cpu').then(() => undefined));

const training = { training: true };
const inference = { training: false };
const seeds = fc.integer({ min: 0, max: 999 });

function make(options: Partial<SharedEncoderOptions> = {}) {
  return sharedEncoder({
    inputSizes: [5, 3],
    layers: [
      { units: 4, batchNorm: true },
      { units: 3, activation: 'tanh', batchNorm: true },
    ],
    random: randomSource(1),
    ...options,
  });
}

describe('sharedEncoder', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }), seeds], {
    numRuns: 20,
  })('a modality that is padded gives what zeros in its place give (sizes, seed)', (inputSizes, seed) => {
    const before = tf.memory().numTensors;
    const layers = [{ units: 4 }, { units: 2, activation: 'linear' }] as const;
    const encoder = make({ inputSizes, layers, random: randomSource(seed) });
    const width = Math.max(...inputSizes);
    const wide = inputSizes.indexOf(width);
    tf.tidy(() => {
      inputSizes.forEach((size, v) => {
        const x = seededNormal([3, size], randomSource(seed));
        const zeros = tf.concat([x, tf.zeros([3, width - size])], 1);
        expect(encoder.apply(x, v, inference).dataSync()).toEqual(
          encoder.apply(zeros, wide, inference).dataSync(),
        );
      });
    });
    encoder.dispose();
    encoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(['own', 'shared'] as const)(
    'normalisation %s: weights once, statistics as asked',
    (normalisation) => {
      const encoder = make({ normalisation });
      // Two matrices; scale, offset, mean and variance for each of two layers, a modality or once.
      const sets = normalisation === 'own' ? 2 : 1;
      expect(encoder.trainable).toHaveLength(2 + 4 * sets);
      expect(encoder.variables).toHaveLength(2 + 8 * sets);
      expect(new Set(encoder.variables).size).toBe(encoder.variables.length);
      expect(encoder.variables.slice(0, encoder.trainable.length)).toEqual(encoder.trainable);
      tf.tidy(() => {
        const first = seededNormal([6, 5], randomSource(2));
        const second = seededNormal([6, 3], randomSource(3));
        const before = [...encoder.apply(second, 1, inference).dataSync()];
        encoder.apply(first, 0, training);
        const after = [...encoder.apply(second, 1, inference).dataSync()];
        if (normalisation === 'own') expect(after).toEqual(before);
        else expect(after).not.toEqual(before);
      });
      encoder.dispose();
    },
  );

  test('gradients of shared weights are sums over modalities', () => {
    const encoder = make();
    const xs = [5, 3].map((size) => seededNormal([6, size], randomSource(size)));
    const of = (modalities: readonly number[]) =>
      tf.tidy(() => {
        const value = () =>
          tf.addN(modalities.map((v) => tf.sum(tf.square(encoder.apply(xs[v]!, v, training))))) as tf.Scalar;
        const weights = encoder.trainable[0]!;
        return [...tf.variableGrads(value, [weights]).grads[weights.name]!.dataSync()];
      });
    const [first, second, both] = [of([0]), of([1]), of([0, 1])];
    both.forEach((value, i) => expect(value).toBeCloseTo(first[i]! + second[i]!, 4));
    tf.dispose(xs);
    encoder.dispose();
  });

  test.each([
    ['no modality', { inputSizes: [] }],
    ['a modality without features', { inputSizes: [3, 0] }],
    ['no layer', { layers: [] }],
    ['a layer without units', { layers: [{ units: 3 }, { units: 0 }] }],
    ['an unknown activation', { layers: [{ units: 3, activation: 'step' as 'relu' }] }],
  ])('%s is refused, and nothing is left', (_, options) => {
    const before = tf.memory().numTensors;
    expect(() => make(options)).toThrow(expect.objectContaining({ code: 'option' }));
    expect(tf.memory().numTensors).toBe(before);
  });

  test('other features and other modalities are refused', () => {
    const encoder = make();
    const x = tf.zeros([2, 5]);
    expect(() => encoder.apply(x, 1, inference)).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => encoder.apply(x, 2, inference)).toThrow(expect.objectContaining({ code: 'option' }));
    x.dispose();
    encoder.dispose();
  });
});

describe('gaussianHead', () => {
  test.prop([seeds, fc.constantFrom(1, 100, -1000)], { numRuns: 20 })(
    'deviations are positive, whatever the features (seed, size)',
    (seed, size) => {
      const before = tf.memory().numTensors;
      const head = gaussianHead({ inputSize: 3, units: 2, random: randomSource(seed) });
      const x = tf.tidy(() => tf.mul(seededNormal([4, 3], randomSource(seed)), size));
      const { means, deviations } = head.apply(x);
      expect(means.shape).toEqual([4, 2]);
      expect([...deviations.dataSync()].every((value) => value > 0)).toBe(true);
      tf.dispose([x, means, deviations]);
      head.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('samples have the mean and deviation of their Gaussian (seed 3)', () => {
    tf.tidy(() => {
      const draws = 20_000;
      const means = tf.fill([draws, 1], 2) as tf.Tensor2D;
      const deviations = tf.fill([draws, 1], 0.5) as tf.Tensor2D;
      const z = reparameterise(
        { means, deviations },
        seededNormal([draws, 1], randomSource(3)) as tf.Tensor2D,
      );
      const { mean, variance } = tf.moments(z);
      // Five standard errors: 0.5 / sqrt(20000), and the variance's 0.25 sqrt(2 / 20000).
      expect(Math.abs(mean.dataSync()[0]! - 2)).toBeLessThan(0.018);
      expect(Math.abs(variance.dataSync()[0]! - 0.25)).toBeLessThan(0.0125);
    });
  });

  test('gradients agree with finite differences, through the sample', () => {
    const head = gaussianHead({ inputSize: 3, units: 2, random: randomSource(1) });
    const x = seededNormal([4, 3], randomSource(2));
    const noise = seededNormal([4, 2], randomSource(3)) as tf.Tensor2D;
    const value = () => tf.tidy(() => tf.sum(tf.sin(reparameterise(head.apply(x), noise))) as tf.Scalar);
    expect(gradientError(value, head.trainable, 4)).toBeLessThan(2e-3);
    tf.dispose([x, noise]);
    head.dispose();
  });
});

test('on onnx, compiled, both are what they are on cpu', async () => {
  const results = async (backend: 'cpu' | 'onnx') => {
    await useBackend(backend);
    const encoder = make();
    const head = gaussianHead({ inputSize: 3, units: 2, random: randomSource(4) });
    const inputs = {
      x0: seededNormal([6, 5], randomSource(5)),
      x1: seededNormal([6, 3], randomSource(6)),
      noise: seededNormal([6, 2], randomSource(7)),
    };
    const variables = [...encoder.trainable, ...head.trainable];
    const step = compile(({ x0, x1, noise }) => {
      const { value, grads } = tf.variableGrads(() => {
        const codes = [x0!, x1!].map((x, v) =>
          reparameterise(head.apply(encoder.apply(x, v, training)), noise as tf.Tensor2D),
        );
        return tf.sum(tf.sin(tf.add(codes[0]!, codes[1]!))) as tf.Scalar;
      }, variables);
      return { value, ...Object.fromEntries(variables.map(({ name }, i) => [`g${i}`, grads[name]!])) };
    });
    const read = await step.run(inputs);
    step.dispose();
    tf.dispose(inputs);
    encoder.dispose();
    head.dispose();
    return read;
  };
  const [cpu, onnx] = [await results('cpu'), await results('onnx')];
  for (const [key, values] of Object.entries(cpu)) {
    // Sums of a few dozen float32 products of size 1.
    values.forEach((value, i) =>
      expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value))),
    );
  }
});
