import * as tf from '@tensorflow/tfjs';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import type { Step } from '../src/index.js';
import { expectClose, runCompiled, runEagerly, useOnnx } from './support/backends.js';
import { numbers } from './support/program.js';

type Padding = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

const small = fc.integer({ min: 1, max: 3 });
const geometries = fc.record({
  samples: small,
  height: fc.integer({ min: 5, max: 9 }),
  width: fc.integer({ min: 5, max: 9 }),
  channels: small,
  filters: small,
  kernelHeight: fc.integer({ min: 1, max: 5 }),
  kernelWidth: fc.integer({ min: 1, max: 5 }),
  strideHeight: small,
  strideWidth: small,
  padding: fc.oneof(
    fc.constantFrom<Padding>('same', 'valid'),
    fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.nat(2)).map(([a, b, c, d]): Padding => [
      [0, 0],
      [a, b],
      [c, d],
      [0, 0],
    ]),
  ),
  seed: fc.nat(),
});

beforeAll(useOnnx);

async function agree(step: Step, inputs: Parameters<typeof runCompiled>[1]): Promise<void> {
  const expected = await runEagerly('cpu', step, inputs);
  // Sums of up to a few hundred products in single precision.
  expectClose(await runEagerly('onnx', step, inputs), expected, 1e-5);
  expectClose(await runCompiled(step, inputs), expected, 1e-5);
}

test.prop([geometries], { numRuns: 60 })(
  'a convolution and its gradients are those of the cpu backend, whatever strides and padding',
  async (g) => {
    const strides: [number, number] = [g.strideHeight, g.strideWidth];
    const image = [g.samples, g.height, g.width, g.channels];
    const filter = [g.kernelHeight, g.kernelWidth, g.channels, g.filters];
    const step: Step = ({ x, w }) => {
      const apply = (a: tf.Tensor, b: tf.Tensor) =>
        tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, g.padding);
      const y = apply(x!, w!);
      const [dx, dw] = tf.grads((a, b) => tf.tanh(apply(a, b)).sum())([x!, w!]);
      return { y, dx: dx!, dw: dw! };
    };
    await agree(step, {
      x: {
        shape: image,
        values: numbers(
          g.seed,
          image.reduce((a, b) => a * b),
        ),
      },
      w: {
        shape: filter,
        values: numbers(
          g.seed + 1,
          filter.reduce((a, b) => a * b),
        ),
      },
    });
  },
);

test.prop([geometries], { numRuns: 25 })(
  'a transposed convolution and its gradients are those of the cpu backend',
  async (g) => {
    const strides: [number, number] = [g.strideHeight, g.strideWidth];
    const outShape: [number, number, number, number] = [
      g.samples,
      g.height * g.strideHeight,
      g.width * g.strideWidth,
      g.filters,
    ];
    const code = [g.samples, g.height, g.width, g.channels];
    const filter = [g.kernelHeight, g.kernelWidth, g.filters, g.channels];
    const step: Step = ({ x, w, b }) => {
      const apply = (a: tf.Tensor, f: tf.Tensor, bias: tf.Tensor) =>
        tf.relu(tf.conv2dTranspose(a as tf.Tensor4D, f as tf.Tensor4D, outShape, strides, 'same').add(bias));
      const [dx, dw, db] = tf.grads((a, f, c) => tf.tanh(apply(a, f, c)).sum())([x!, w!, b!]);
      return { y: apply(x!, w!, b!), dx: dx!, dw: dw!, db: db! };
    };
    await agree(step, {
      x: {
        shape: code,
        values: numbers(
          g.seed,
          code.reduce((a, b) => a * b),
        ),
      },
      w: {
        shape: filter,
        values: numbers(
          g.seed + 1,
          filter.reduce((a, b) => a * b),
        ),
      },
      b: { shape: [g.filters], values: numbers(g.seed + 2, g.filters) },
    });
  },
);

test.prop([geometries, small], { numRuns: 25 })(
  'a depthwise convolution and its gradients are those of the cpu backend',
  async (g, multiplier) => {
    const strides: [number, number] = [g.strideHeight, g.strideHeight];
    const padding = Array.isArray(g.padding) ? 'same' : g.padding;
    const image = [g.samples, g.height, g.width, g.channels];
    const filter = [g.kernelHeight, g.kernelWidth, g.channels, multiplier];
    const step: Step = ({ x, w }) => {
      const apply = (a: tf.Tensor, b: tf.Tensor) =>
        tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, padding);
      const [dx, dw] = tf.grads((a, b) => tf.tanh(apply(a, b)).sum())([x!, w!]);
      return { y: apply(x!, w!), dx: dx!, dw: dw! };
    };
    await agree(step, {
      x: {
        shape: image,
        values: numbers(
          g.seed,
          image.reduce((a, b) => a * b),
        ),
      },
      w: {
        shape: filter,
        values: numbers(
          g.seed + 1,
          filter.reduce((a, b) => a * b),
        ),
      },
    });
  },
);

test.prop([fc.integer({ min: 30, max: 40 }), fc.constantFrom<'same' | 'valid'>('same', 'valid'), fc.nat()], {
  numRuns: 3,
})(
  'the filter gradient over many samples, taken in chunks, is that of the cpu backend',
  async (samples, padding, seed) => {
    const [image, filter] = [
      [samples, 14, 15, 16],
      [3, 4, 16, 2],
    ];
    const step: Step = ({ x, w }) => {
      const apply = (b: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, b as tf.Tensor4D, 1, padding);
      return { dw: tf.grad((b) => tf.tanh(apply(b)).sum())(w!) };
    };
    await agree(step, {
      x: { shape: image, values: numbers(seed, samples * 14 * 15 * 16) },
      w: { shape: filter, values: numbers(seed + 1, 3 * 4 * 16 * 2) },
    });
  },
);

const pools = fc.record({
  size: small,
  stride: small,
  padding: fc.constantFrom<'same' | 'valid'>('same', 'valid'),
  seed: fc.nat(),
});

test.prop([pools, fc.boolean()], { numRuns: 25 })(
  'poolings and their gradients are those of the cpu backend',
  async ({ size, stride, padding, seed }, largest) => {
    const step: Step = ({ x }) => {
      const apply = (a: tf.Tensor) =>
        (largest ? tf.maxPool : tf.avgPool)(a as tf.Tensor4D, size, stride, padding);
      return { y: apply(x!), dx: tf.grad((a) => tf.tanh(apply(a)).sum())(x!) };
    };
    await agree(step, { x: { shape: [2, 7, 6, 3], values: numbers(seed, 252) } });
  },
);

const tilings = fc.record({
  window: fc.tuple(small, fc.integer({ min: 1, max: 5 })),
  cells: fc.tuple(small, fc.integer({ min: 1, max: 6 })),
  channels: small,
  seed: fc.nat(),
});

test.prop([tilings], { numRuns: 25 })(
  'the gradient of average pooling by windows side by side is that of the cpu backend, also under a mask',
  async ({ window, cells, channels, seed }) => {
    const shape = [2, window[0] * cells[0], window[1] * cells[1], channels];
    const size = shape.reduce((a, b) => a * b);
    const step: Step = ({ x, y }) => {
      const pool = (a: tf.Tensor) => tf.avgPool(a as tf.Tensor4D, window, window, 'valid');
      const plain = tf.grad((a) => tf.tanh(pool(a)).sum())(x!);
      const [dx, dy] = tf.grads((a, b) => tf.tanh(pool(tf.relu(tf.mul(a, b)))).sum())([x!, y!]);
      return { plain, dx: dx!, dy: dy! };
    };
    await agree(step, {
      x: { shape, values: numbers(seed, size) },
      y: { shape, values: numbers(seed + 1, size) },
    });
  },
);

test('a gradient that is not finite stays in its own window', async () => {
  const step: Step = ({ x, dy }) => ({
    dx: tf.grad((a) =>
      tf
        .avgPool(a as tf.Tensor4D, 2, 2, 'valid')
        .mul(dy!)
        .sum(),
    )(x!),
  });
  const { dx } = await runCompiled(step, {
    x: { shape: [1, 2, 6, 1], values: numbers(1, 12) },
    dy: { shape: [1, 1, 3, 1], values: [4, Infinity, NaN] },
  });
  expect(Array.from(dx!).slice(0, 6)).toEqual([1, 1, Infinity, Infinity, NaN, NaN]);
});
