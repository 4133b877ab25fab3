import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { autoencoder } from './autoencoder.js';
import type { ConvolutionLayerOptions } from './convolutional/convolution-layer-options.js';
import { convolutionShapes } from './convolutional/convolution-shapes.js';
import { convolutionalDecoder } from './convolutional/convolutional-decoder.js';
import { convolutionalEncoder } from './convolutional/convolutional-encoder.js';
import type { BatchNormPlace } from './layers/block.js';
import { mlpDecoder } from './mlp/mlp-decoder.js';
import { mlp, type DenseLayerOptions } from './mlp/mlp.js';

const training = { training: true };
const inference = { training: false };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anyLayer: fc.Arbitrary<ConvolutionLayerOptions> = fc.record({
  filters: fc.integer({ min: 1, max: 3 }),
  kernelSize: fc.integer({ min: 1, max: 4 }),
  strides: fc.integer({ min: 1, max: 3 }),
  activation: fc.constantFrom('relu', 'leakyRelu', 'tanh', 'sigmoid', 'linear'),
  batchNorm: fc.constantFrom<BatchNormPlace>(true, false, 'beforeActivation', 'afterActivation'),
});
const anySide = fc.integer({ min: 4, max: 11 });

describe('convolutional networks', () => {
  test.prop(
    [anySide, anySide, fc.integer({ min: 1, max: 3 }), fc.array(anyLayer, { maxLength: 3 }), fc.boolean()],
    {
      numRuns: 40,
    },
  )(
    'a decoder gives back the shape of every image, odd ones included',
    (height, width, channels, layers, flatten) => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const shape = { inputShape: [height, width, channels], layers, flatten, random: randomSource(1) };
        const model = autoencoder({
          encoder: convolutionalEncoder(shape),
          decoder: convolutionalDecoder(shape),
        });
        const x = seededNormal([2, height, width, channels], randomSource(2));
        const y = model.apply(x, training);
        expect(y.shape).toEqual(x.shape);
        expect([...y.dataSync()].every(Number.isFinite)).toBe(true);
        model.dispose();
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('28 goes to 14, 7, 4 and back', () => {
    const layers = [1, 2, 3].map(() => ({ filters: 2, kernelSize: 3, strides: 2 }));
    expect(convolutionShapes([28, 28, 1], layers).map(([height]) => height)).toEqual([28, 14, 7, 4]);
    const decoder = convolutionalDecoder({ inputShape: [28, 28, 1], layers, random: randomSource(0) });
    expect(decoder.inputShape).toEqual([4 * 4 * 2]);
    expect(decoder.outputShape).toEqual([28, 28, 1]);
    decoder.dispose();
  });

  test('valid padding is mirrored too', () => {
    const shape = {
      inputShape: [9, 10, 1],
      layers: [{ filters: 2, kernelSize: 4, strides: 2, padding: 'valid' as const }],
      random: randomSource(0),
    };
    expect(convolutionShapes(shape.inputShape, shape.layers).at(-1)).toEqual([3, 4, 2]);
    const decoder = convolutionalDecoder(shape);
    expect(decoder.outputShape).toEqual([9, 10, 1]);
    decoder.dispose();
  });

  test('the decoder takes more channels than the encoder gives, for fused maps', () => {
    const decoder = convolutionalDecoder({
      inputShape: [4, 4, 1],
      layers: [{ filters: 3, kernelSize: 3, strides: 2 }],
      latentChannels: 6,
      random: randomSource(0),
    });
    expect(decoder.inputShape).toEqual([2 * 2 * 6]);
    decoder.dispose();
  });

  test('the output activation is the last word', () => {
    const shape = { inputShape: [4, 4, 1], layers: [{ filters: 3, kernelSize: 3 }], random: randomSource(0) };
    const decoder = convolutionalDecoder({ ...shape, outputActivation: 'sigmoid' });
    const y = tf.tidy(() =>
      decoder.apply(tf.randomNormal([3, 48], 0, 5, 'float32', 7), inference).dataSync(),
    );
    expect(Math.min(...y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...y)).toBeLessThanOrEqual(1);
    decoder.dispose();
  });

  test('gradients of a whole autoencoder agree with finite differences', () => {
    const shape = {
      inputShape: [5, 4, 1],
      layers: [
        { filters: 2, kernelSize: 3, strides: 2, activation: 'tanh' as const, batchNorm: true },
        { filters: 3, kernelSize: 2, strides: 1, activation: 'sigmoid' as const },
      ],
      random: randomSource(4),
    };
    const model = autoencoder({ encoder: convolutionalEncoder(shape), decoder: convolutionalDecoder(shape) });
    const x = seededNormal([3, 5, 4, 1], randomSource(3));
    const f = () => tf.mean(tf.square(tf.sub(model.apply(x, training), x))) as tf.Scalar;
    // Steps of 5e-3 in float32, relative to 1: truncation and rounding stay below 1e-3.
    expect(gradientError(f, model.trainable, 6, 5e-3)).toBeLessThan(2e-3);
    x.dispose();
    model.dispose();
  });
});

describe('fully connected networks', () => {
  const anyDense: fc.Arbitrary<DenseLayerOptions> = fc.record({
    units: fc.integer({ min: 1, max: 6 }),
    activation: fc.constantFrom('relu', 'leakyRelu', 'tanh', 'sigmoid', 'linear'),
    batchNorm: fc.constantFrom<BatchNormPlace>(true, false, 'afterActivation'),
  });

  test.prop([fc.integer({ min: 1, max: 8 }), fc.array(anyDense, { maxLength: 3 })], { numRuns: 40 })(
    'a decoder gives back the shape of every vector',
    (inputSize, layers) => {
      const before = tf.memory().numTensors;
      tf.tidy(() => {
        const shape = { inputSize, layers, random: randomSource(1) };
        const model = autoencoder({ encoder: mlp(shape), decoder: mlpDecoder(shape) });
        const x = seededNormal([3, inputSize], randomSource(2));
        expect(model.apply(x, training).shape).toEqual([3, inputSize]);
        expect(model.encode(x, inference).shape).toEqual([3, layers.at(-1)?.units ?? inputSize]);
        model.dispose();
      });
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('is decided by its source, which two networks share without being equal', () => {
    const shape = { inputSize: 3, layers: [{ units: 2 }] };
    const values = (random = randomSource(1)) => {
      const networks = [mlp({ ...shape, random }), mlp({ ...shape, random })];
      return networks.map((network) => [...network.trainable[0]!.dataSync()]);
    };
    expect(values()).toEqual(values());
    const [first, second] = values();
    expect(first).not.toEqual(second);
    expect(values(randomSource(2))).not.toEqual(values());
  });

  test('the initialiser is used', () => {
    const network = mlp({
      inputSize: 3,
      layers: [{ units: 2 }],
      initialiser: 'zeros',
      random: randomSource(1),
    });
    expect([...network.trainable[0]!.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    network.dispose();
  });

  test('batch normalisation before the activation takes the bias away', () => {
    const count = (batchNorm: DenseLayerOptions['batchNorm'] & {}) => {
      const network = mlp({ inputSize: 3, layers: [{ units: 2, batchNorm }], random: randomSource(1) });
      const { length } = network.trainable;
      network.dispose();
      return length;
    };
    expect([count(false), count(true), count('beforeActivation'), count('afterActivation')]).toEqual([
      2, 3, 3, 4,
    ]);
  });
});

describe('autoencoder', () => {
  test('refuses halves that do not fit', () => {
    const random = randomSource(0);
    const encoder = mlp({ inputSize: 4, layers: [{ units: 2 }], random });
    const narrow = mlpDecoder({ inputSize: 4, layers: [{ units: 3 }], random });
    const other = mlpDecoder({ inputSize: 5, layers: [{ units: 2 }], random });
    expect(() => autoencoder({ encoder, decoder: narrow })).toThrowError(
      /a decoder that takes the latent, \[n, 2\]/,
    );
    expect(() => autoencoder({ encoder, decoder: other })).toThrowError(/gives the input back, \[n, 4\]/);
    for (const module of [encoder, narrow, other]) module.dispose();
  });
});
