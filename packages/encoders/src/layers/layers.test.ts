import { isCrossmodalError, randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { layerExamples } from '../../tests/layer-examples.js';
import { activate, activation, type ActivationName } from './activation.js';
import { averagePooling } from './convolution/average-pooling.js';
import { batchNorm } from './normalisation/batch-norm.js';
import { conv2dTranspose } from './convolution/conv2d-transpose.js';
import { conv2d } from './convolution/conv2d.js';
import { convolutionSize, type Padding } from './convolution/convolution-size.js';
import { dense } from './dense.js';
import { flatten, reshape } from './reshape.js';
import { sequential } from './sequential.js';

const training = { training: true };
const inference = { training: false };
const random = () => randomSource(5);

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each(Object.entries(layerExamples))('%s', (_name, make) => {
  test('keeps the shapes it states', () => {
    const layer = make();
    const x = seededNormal([2, ...layer.inputShape], random());
    const y = layer.apply(x, training);
    expect(y.shape).toEqual([2, ...layer.outputShape]);
    tf.dispose([x, y]);
    layer.dispose();
  });

  test('has gradients that agree with finite differences', () => {
    const layer = make();
    const x = tf.variable(seededNormal([3, ...layer.inputShape], randomSource(8)));
    const f = () => tf.sum(tf.sin(layer.apply(x, training))) as tf.Scalar;
    // Float32 sums with steps of 1e-2: truncation and rounding are both about 1e-3.
    expect(gradientError(f, [x, ...layer.trainable], 2)).toBeLessThan(1e-2);
    layer.dispose();
    x.dispose();
  });

  test('leaks no tensor, and may be disposed of twice', () => {
    const before = tf.memory().numTensors;
    const layer = make();
    const x = seededNormal([2, ...layer.inputShape], random());
    const y = layer.apply(x, training);
    const z = layer.apply(x, inference);
    expect(tf.memory().numTensors).toBe(before + layer.variables.length + 3);
    tf.dispose([x, y, z]);
    layer.dispose();
    layer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('lists trainable variables first', () => {
    const layer = make();
    expect(layer.variables.slice(0, layer.trainable.length)).toEqual(layer.trainable);
    expect(layer.variables.slice(layer.trainable.length).every((variable) => !variable.trainable)).toBe(true);
    layer.dispose();
  });

  test('refuses another shape', () => {
    const layer = make();
    const x = tf.zeros([2, ...layer.inputShape.map((size) => size + 1)]);
    expect(() => layer.apply(x, inference)).toThrowError(/expected a tensor of shape \[n, /);
    x.dispose();
    layer.dispose();
  });
});

describe('dense', () => {
  test('is x W + b', () => {
    const layer = dense({ inputSize: 2, units: 1, random: random() });
    layer.trainable[0]!.assign(tf.tensor2d([[2], [-3]]));
    layer.trainable[1]!.assign(tf.tensor1d([10]));
    expect([
      ...layer
        .apply(
          tf.tensor2d([
            [1, 1],
            [0, 2],
          ]),
          inference,
        )
        .dataSync(),
    ]).toEqual([9, 4]);
  });
});

describe('conv2dTranspose', () => {
  const anySize = fc.integer({ min: 1, max: 9 });
  test.prop(
    [
      anySize,
      anySize,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom<Padding>('same', 'valid'),
    ],
    {
      numRuns: 40,
    },
  )(
    'is the adjoint of conv2d: <conv x, y> = <x, transposed y>',
    (height, width, kernelSize, strides, padding) => {
      fc.pre(padding === 'same' || Math.min(height, width) >= kernelSize);
      tf.tidy(() => {
        const common = { kernelSize, strides, padding, bias: false, random: random() };
        const forward = conv2d({ inputShape: [height, width, 2], filters: 3, ...common });
        const inputShape = forward.outputShape;
        const backward = conv2dTranspose({ inputShape, outputSize: [height, width], filters: 2, ...common });
        backward.trainable[0]!.assign(forward.trainable[0]!);
        const x = seededNormal([2, height, width, 2], random());
        const y = seededNormal([2, ...inputShape], randomSource(9));
        const left = tf.sum(tf.mul(forward.apply(x, inference), y)).dataSync()[0]!;
        const right = tf.sum(tf.mul(x, backward.apply(y, inference))).dataSync()[0]!;
        expect(left).toBeCloseTo(right, 2);
        forward.dispose();
        backward.dispose();
      });
    },
  );

  test('refuses a size that no convolution brings to its input', () => {
    expect(() =>
      conv2dTranspose({
        inputShape: [4, 4, 1],
        outputSize: [9, 8],
        filters: 1,
        kernelSize: 3,
        strides: 2,
        random: random(),
      }),
    ).toThrowError(/brings to 5 x 4/);
  });
});

describe('convolutionSize', () => {
  test('refuses a valid kernel larger than the image', () => {
    expect(() => convolutionSize('here', 4, 5, 1, 'valid')).toThrowError(/at least 5 pixels/);
  });
});

describe('batchNorm', () => {
  test.prop([fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 99 })], { numRuns: 20 })(
    'makes every channel of a training batch mean 0 and variance 1, whatever its scale and offset',
    (n, seed) => {
      tf.tidy(() => {
        const layer = batchNorm({ inputShape: [3, 2], affine: false });
        const x = tf.add(tf.mul(seededNormal([n, 3, 2], randomSource(seed)), [3, 50]), [-20, 7]);
        const y = layer.apply(x, training);
        const { mean, variance } = tf.moments(y, [0, 1]);
        for (const value of mean.dataSync()) expect(value).toBeCloseTo(0, 4);
        for (const value of variance.dataSync()) expect(value).toBeCloseTo(1, 3);
        layer.dispose();
      });
    },
  );

  test.prop([fc.integer({ min: 2, max: 7 }), fc.boolean(), fc.integer({ min: 0, max: 99 })], { numRuns: 20 })(
    'has the gradients that its operations give one by one, and second ones too',
    (n, affine, seed) => {
      tf.tidy(() => {
        const layer = batchNorm({ inputShape: [3, 2], affine, epsilon: 0.01 });
        const source = randomSource(seed);
        for (const variable of layer.trainable) variable.assign(seededNormal(variable.shape, source));
        const [scale, offset] = affine ? layer.trainable : [tf.scalar(1), tf.scalar(0)];
        const plain = (x: tf.Tensor): tf.Tensor => {
          const { mean, variance } = tf.moments(x, [0, 1]);
          const root = tf.sqrt(tf.add(variance, 0.01));
          return tf.add(tf.mul(tf.div(tf.sub(x, mean), root), scale!), offset!);
        };
        const x = seededNormal([n, 3, 2], source);
        const loss = (y: tf.Tensor) => tf.sum(tf.sin(tf.add(y, tf.square(y)))) as tf.Scalar;
        const first = (f: (x: tf.Tensor) => tf.Tensor) => tf.grad((z) => loss(f(z)))(x);
        const second = (f: (x: tf.Tensor) => tf.Tensor) =>
          tf.grad((z) => tf.sum(tf.sin(tf.grad((w) => loss(f(w)))(z))))(x);
        const trained = (f: (x: tf.Tensor) => tf.Tensor) =>
          affine ? Object.values(tf.variableGrads(() => loss(f(x)), [...layer.trainable]).grads) : [];
        const layered = (z: tf.Tensor) => layer.apply(z, training);
        const pairs = [
          [first(layered), first(plain)],
          [second(layered), second(plain)],
          ...trained(layered).map((gradient, index) => [gradient, trained(plain)[index]!]),
        ];
        for (const [ours, theirs] of pairs as [tf.Tensor, tf.Tensor][]) {
          // Single precision; variances of few samples are small and their inverses large.
          const largest = tf.max(tf.abs(theirs)).dataSync()[0]!;
          const difference = tf.max(tf.abs(tf.sub(ours, theirs))).dataSync()[0]!;
          expect(difference).toBeLessThan(2e-4 * (1 + largest));
        }
        layer.dispose();
      });
    },
  );

  test('moves its running statistics in training alone, by the stated rule', () => {
    tf.tidy(() => {
      const layer = batchNorm({ inputShape: [1], momentum: 0.75 });
      const [, , mean, variance] = layer.variables;
      const x = tf.tensor2d([[1], [3]]);
      layer.apply(x, inference);
      expect(mean!.dataSync()[0]).toBe(0);
      layer.apply(x, training);
      expect(mean!.dataSync()[0]).toBeCloseTo(0.25 * 2, 6);
      // The unbiased variance of 1 and 3 is 2.
      expect(variance!.dataSync()[0]).toBeCloseTo(0.75 * 1 + 0.25 * 2, 6);
      layer.dispose();
    });
  });

  test.prop(
    [
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      fc.constantFrom([2], [3, 2]),
      fc.boolean(),
      fc.nat(99),
    ],
    { numRuns: 25 },
  )(
    'absent rows, whatever they hold, leave values, gradients and running statistics as they are without them (rows, shape, affine, seed)',
    (flags, inputShape, affine, seed) => {
      const before = tf.memory().numTensors;
      const present = flags.flatMap((flag, i) => (flag ? [i] : []));
      fc.pre(present.length > 0);
      const [masked, plain] = [0, 1].map(() => batchNorm({ inputShape, affine, epsilon: 0.01 }));
      tf.tidy(() => {
        const source = randomSource(seed);
        const mask = tf.tensor2d(flags.map((flag) => [flag ? 1 : 0]));
        const x = tf.mul(seededNormal([flags.length, ...inputShape], source), 3);
        const those = (y: tf.Tensor) => tf.gather(y, tf.tensor1d(present, 'int32'));
        const loss = (y: tf.Tensor) => tf.sum(tf.sin(tf.add(y, tf.square(y))));
        const ours = masked!.apply(x, { training: true, mask });
        const theirs = plain!.apply(those(x), training);
        const gradient = tf.grad((z) => loss(those(masked!.apply(z, { training: true, mask }))))(x);
        const expected = tf.grad((z) => loss(plain!.apply(those(z), training)))(x);
        expect(ours.dataSync().every(Number.isFinite)).toBe(true);
        const pairs = [
          [those(ours), theirs],
          [gradient, expected],
          ...masked!.variables.map((variable, i) => [variable, plain!.variables[i]!]),
        ] as [tf.Tensor, tf.Tensor][];
        for (const [a, b] of pairs) {
          // Single precision; variances of few samples are small and their inverses large.
          const largest = tf.max(tf.abs(b)).dataSync()[0]!;
          expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!).toBeLessThan(2e-4 * (1 + largest));
        }
      });
      masked!.dispose();
      plain!.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('a batch of absent rows alone comes out finite and moves nothing; another mask is refused', () => {
    tf.tidy(() => {
      const layer = batchNorm({ inputShape: [2] });
      const x = tf.tensor2d([
        [1, 2],
        [3, 4],
      ]);
      const y = layer.apply(x, { training: true, mask: tf.zeros([2, 1]) });
      expect(y.dataSync().every(Number.isFinite)).toBe(true);
      expect(layer.variables.map((variable) => [...variable.dataSync()])).toEqual([
        [1, 1],
        [0, 0],
        [0, 0],
        [1, 1],
      ]);
      expect(() => layer.apply(x, { training: true, mask: tf.ones([2]) })).toThrowError(/mask/);
      expect(() => layer.apply(x, { training: true, mask: tf.ones([3, 1]) })).toThrowError(/mask/);
      layer.dispose();
    });
  });

  test('uses the running statistics in inference', () => {
    tf.tidy(() => {
      const layer = batchNorm({ inputShape: [1], epsilon: 1e-12 });
      layer.variables[2]!.assign(tf.tensor1d([5]));
      layer.variables[3]!.assign(tf.tensor1d([4]));
      expect(layer.apply(tf.tensor2d([[9]]), inference).dataSync()[0]).toBeCloseTo(2, 5);
      layer.dispose();
    });
  });

  test.each([
    ['momentum', 1],
    ['momentum', -0.1],
    ['epsilon', 0],
    ['epsilon', Number.NaN],
  ])('refuses %s = %s', (option, value) => {
    expect(() => batchNorm({ inputShape: [2], [option]: value })).toThrowError(
      new RegExp(`batchNorm option '${option}'`),
    );
  });
});

describe('activation', () => {
  test.each([
    ['linear', -2, -2],
    ['relu', -2, 0],
    ['leakyRelu', -2, -0.4],
    ['tanh', 0.5, Math.tanh(0.5)],
    ['sigmoid', 0.5, 1 / (1 + Math.exp(-0.5))],
  ] as const)('%s of %s is %s', (name, x, y) => {
    expect(tf.tidy(() => activate(tf.scalar(x), name).dataSync()[0])).toBeCloseTo(y, 6);
  });

  test.prop([fc.string()])('refuses every other name', (name) => {
    fc.pre(!['linear', 'relu', 'leakyRelu', 'tanh', 'sigmoid'].includes(name));
    expect(() => activation(name as ActivationName, [1])).toThrowError(/expected one of linear, relu/);
  });
});

describe('averagePooling', () => {
  test('averages the pixels that exist', () => {
    tf.tidy(() => {
      const layer = averagePooling({ inputShape: [3, 3, 1] });
      const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      expect([...layer.apply(x, inference).dataSync()]).toEqual([3, 4.5, 7.5, 9]);
    });
  });

  test.prop(
    [fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })],
    { numRuns: 30 },
  )('is avgPool in value', (size, poolSize, strides) => {
    tf.tidy(() => {
      const layer = averagePooling({ inputShape: [size, 5, 2], poolSize, strides });
      const x = seededNormal([2, size, 5, 2], random()) as tf.Tensor4D;
      const difference = tf.sub(layer.apply(x, inference), tf.avgPool(x, poolSize, strides, 'same'));
      expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-5);
    });
  });
});

describe('options', () => {
  const bad = fc.oneof(fc.integer({ max: 0 }), fc.constantFrom(1.5, Number.NaN, Infinity));
  test.prop([bad], { numRuns: 20 })(
    'sizes that are no positive integers are refused, and nothing is left behind',
    (size) => {
      const before = tf.memory().numTensors;
      const attempts = [
        () => dense({ inputSize: size, units: 1, random: random() }),
        () => dense({ inputSize: 1, units: size, random: random() }),
        () => conv2d({ inputShape: [4, 4, 1], filters: size, kernelSize: 1, random: random() }),
        () => conv2d({ inputShape: [4, 4, 1], filters: 1, kernelSize: size, random: random() }),
        () => conv2d({ inputShape: [4, 4, 1], filters: 1, kernelSize: 1, strides: size, random: random() }),
        () => conv2d({ inputShape: [4, size, 1], filters: 1, kernelSize: 1, random: random() }),
        () =>
          conv2dTranspose({
            inputShape: [4, 4, 1],
            outputSize: [size, 4],
            filters: 1,
            kernelSize: 1,
            random: random(),
          }),
        () => averagePooling({ inputShape: [4, 4, 1], poolSize: size }),
        () => batchNorm({ inputShape: [size] }),
      ];
      for (const attempt of attempts) {
        let caught: unknown;
        try {
          attempt();
        } catch (error) {
          caught = error;
        }
        expect(isCrossmodalError(caught, 'option')).toBe(true);
      }
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('reshape and sequential refuse what does not fit', () => {
    expect(() => reshape([2, 3], [5])).toThrowError(/a shape of 6 values/);
    expect(() => sequential([4], [flatten([2, 3])])).toThrowError(
      /sequential, layer 0: expected a layer that takes \[n, 4\]/,
    );
  });
});
