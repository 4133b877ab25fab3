import * as tf from '@tensorflow/tfjs';
import { fc } from '@fast-check/vitest';
import type { Step } from '../../src/index.js';

/** One instruction: which operation, and three numbers that pick operands and details. */
export type Instruction = readonly [operation: number, first: number, second: number, detail: number];

// Kinks stay away from values that cancel to zero, where rounding decides the side.
const clear = (x: tf.Tensor): tf.Tensor => x.add(0.3137);

// TensorFlow.js differentiates some operations only for operands of one shape.
const spread = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => x.add(y.mul(0));

const POINTWISE: readonly ((x: tf.Tensor) => tf.Tensor)[] = [
  (x) => tf.tanh(x),
  (x) => tf.sigmoid(x),
  (x) => tf.softplus(x),
  (x) => tf.relu(clear(x)),
  (x) => tf.elu(clear(x)),
  (x) => tf.leakyRelu(clear(x), 0.1),
  (x) => tf.selu(clear(x)),
  (x) => tf.abs(clear(x)),
  (x) => tf.square(tf.tanh(x)),
  (x) => tf.sqrt(tf.square(x).add(1)),
  (x) => tf.exp(tf.tanh(x)),
  (x) => tf.log1p(tf.square(x)),
  (x) => tf.reciprocal(tf.square(x).add(1)),
  (x) => tf.clipByValue(clear(x), -0.5, 0.9),
  (x) => tf.sin(x),
  (x) => tf.pow(tf.square(x).add(0.5), 1.5).tanh(),
  (x) => tf.where(tf.greater(tf.range(0, x.size).reshape(x.shape), x.size / 2), x, tf.neg(tf.tanh(x))),
];

const BINARY: readonly ((a: tf.Tensor, b: tf.Tensor) => tf.Tensor)[] = [
  (a, b) => tf.add(a, b),
  (a, b) => tf.sub(a, b),
  (a, b) => tf.mul(tf.tanh(a), b),
  (a, b) => tf.div(a, tf.square(b).add(1)),
  (a, b) => tf.maximum(spread(a, b), spread(b, a).add(0.3137)),
  (a, b) => tf.minimum(spread(a, b).add(0.3137), spread(b, a)),
  (a, b) => tf.squaredDifference(spread(a, b), tf.tanh(spread(b, a))),
];

const RESHAPING: readonly ((x: tf.Tensor, detail: number) => tf.Tensor)[] = [
  (x, d) => tf.sum(x, d % x.rank, d % 2 === 0).div(2),
  (x, d) => tf.mean(x, d % x.rank, d % 2 === 0),
  (x, d) => tf.max(x, d % x.rank, d % 2 === 0),
  (x, d) => tf.min(x, d % x.rank, d % 2 === 0),
  (x) => tf.transpose(x),
  (x) => tf.reshape(x, [x.shape[0], -1]),
  (x, d) => tf.expandDims(x, d % (x.rank + 1)),
  (x, d) => tf.concat([x, tf.tanh(x)], d % x.rank),
  (x, d) => tf.reverse(x, d % x.rank),
  (x, d) =>
    tf.pad(
      x,
      x.shape.map((_, axis): [number, number] => (axis === d % x.rank ? [1, 2] : [0, 0])),
    ),
  (x, d) =>
    tf.tile(
      x,
      x.shape.map((_, axis) => (axis === d % x.rank ? 2 : 1)),
    ),
  (x, d) =>
    tf.slice(
      x,
      x.shape.map(() => 0),
      x.shape.map((e, axis) => (axis === d % x.rank ? Math.ceil(e / 2) : e)),
    ),
  // TensorFlow.js cannot differentiate the unpacking of a single item.
  (x, d) => (x.shape[d % x.rank] === 1 ? tf.tanh(x) : tf.stack(tf.unstack(x, d % x.rank).reverse(), 0)),
  (x) => tf.softmax(x),
  (x) => tf.logSoftmax(x).div(4),
  (x, d) => tf.gather(x, tf.tensor1d([0, x.shape[d % x.rank]! - 1, 0], 'int32'), d % x.rank),
  (x) => tf.matMul(matrix(x), matrix(x), false, true).tanh(),
  (x) => tf.matMul(matrix(x), matrix(tf.tanh(x)), true, false).tanh(),
];

const SPATIAL: readonly ((x: tf.Tensor4D, w: tf.Tensor4D, detail: number) => tf.Tensor)[] = [
  (x, w, d) => tf.conv2d(x, w, 1 + (d % 2), d % 3 === 0 ? 'valid' : 'same'),
  (x, w, d) => {
    const stride = 1 + (d % 2);
    const [n, h, v] = x.shape;
    const flipped = tf.transpose(w, [0, 1, 3, 2]) as tf.Tensor4D;
    return tf.conv2dTranspose(x, flipped, [n, h * stride, v * stride, flipped.shape[2]], stride, 'same');
  },
  (x, _w, d) => tf.maxPool(x, 2, 1 + (d % 2), 'same'),
  (x, _w, d) => tf.avgPool(x, 2, 1 + (d % 2), 'valid'),
  (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const ones = tf.onesLike(mean) as tf.Tensor1D;
    return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, ones.mul(0.1), ones.mul(1.5), 0.1);
  },
];

function matrix(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [x.shape[0], -1]);
}

// Tensors stay small, so that a program takes milliseconds on the cpu backend.
const LARGEST = 600;

function apply(
  [operation, first, second, detail]: Instruction,
  pool: readonly tf.Tensor[],
  w: tf.Tensor4D,
): tf.Tensor {
  const x = pool[first % pool.length];
  const kind = operation % 4;
  if (kind === 0 || x!.rank === 0) return POINTWISE[detail % POINTWISE.length]!(x!);
  if (kind === 1) {
    const same = pool.filter((y) => y.shape.join() === x!.shape.join() || y.rank === 0);
    const partner = second % 3 === 0 ? tf.mean(x!, second % x!.rank, true) : same[second % same.length];
    const order: [tf.Tensor, tf.Tensor] = second % 2 === 0 ? [x!, partner!] : [partner!, x!];
    return BINARY[detail % BINARY.length]!(...order);
  }
  if (kind === 2 || x!.rank !== 4) return RESHAPING[second % RESHAPING.length]!(x!, detail);
  const [, height, width, channels] = x!.shape;
  if (height! < 3 || width! < 3) return tf.tanh(x!);
  const filter = tf.tile(tf.slice(w, [0, 0, 0, 0], [3, 3, 1, 2]), [1, 1, channels!, 1]) as tf.Tensor4D;
  return SPATIAL[second % SPATIAL.length]!(x as tf.Tensor4D, filter, detail);
}

/** A step that runs the instructions on `x` and `w`, and gives one number and its gradients. */
export function programStep(instructions: readonly Instruction[]): Step {
  const value = (x: tf.Tensor, w: tf.Tensor): tf.Scalar => {
    const pool: tf.Tensor[] = [x, tf.mean(w)];
    for (const instruction of instructions) {
      const result = apply(instruction, pool, w as tf.Tensor4D);
      if (result.size > 0 && result.size <= LARGEST && result.rank <= 4) pool.push(result);
    }
    return tf.addN(pool.map((item) => tf.mean(tf.tanh(item.mul(0.5))))) as tf.Scalar;
  };
  return ({ x, w }) => {
    const { value: result, grads } = tf.valueAndGrads(value)([x!, w!]);
    return { value: result, dx: grads[0]!, dw: grads[1]! };
  };
}

/** Short programs. */
export const programs = fc.array(fc.tuple(fc.nat(11), fc.nat(1000), fc.nat(1000), fc.nat(1000)), {
  minLength: 1,
  maxLength: 7,
});

/** Numbers in general position between -1 and 1, from a seed. */
export function numbers(seed: number, size: number): number[] {
  let state = seed;
  return Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state / 2 ** 31 - 1) * 0.999);
  });
}
