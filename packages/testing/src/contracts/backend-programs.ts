import { tf } from '@crossmodal/tensors';

/** A small differentiable computation on float32 inputs, to be run on two backends. */
export interface BackendProgram {
  readonly name: string;
  /** Shape of each input, given the sizes drawn. */
  readonly shapes: (n: number, d: number) => readonly (readonly number[])[];
  /** The computation; its sum is what gradients are taken of. */
  readonly apply: (...inputs: tf.Tensor[]) => tf.Tensor;
}

const matrix = (n: number, d: number) => [[n, d]];
const twoMatrices = (n: number, d: number) => [
  [n, d],
  [n, d],
];
const image = (n: number, d: number) => [n, 5, 4, d];

/** Programs that between them use the operations of encoders, self-expression, fusion and losses. */
export const backendPrograms: readonly BackendProgram[] = [
  {
    name: 'dense layer',
    shapes: (n, d) => [[n, d], [d, 3], [3]],
    apply: (x, w, b) => tf.relu(tf.add(tf.matMul(x!, w!), b!)),
  },
  {
    name: 'transposed products',
    shapes: twoMatrices,
    apply: (a, b) => tf.matMul(tf.matMul(a!, b!, true, false), tf.matMul(a!, b!, true, false), false, true),
  },
  {
    name: 'convolution',
    shapes: (n, d) => [image(n, d), [3, 3, d, 2], [2]],
    apply: (x, w, b) => tf.elu(tf.add(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, 'same'), b!)),
  },
  {
    name: 'valid convolution',
    shapes: (n, d) => [image(n, d), [3, 2, d, 2]],
    apply: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'valid'),
  },
  {
    name: 'transposed convolution',
    shapes: (n, d) => [image(n, d), [3, 3, 2, d]],
    apply: (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [n0(x!), 10, 8, 2], 2, 'same'),
  },
  {
    name: 'activations',
    shapes: matrix,
    apply: (x) => tf.addN([tf.sigmoid(x!), tf.tanh(x!), tf.leakyRelu(x!), tf.softplus(x!)]),
  },
  { name: 'softmax', shapes: matrix, apply: (x) => tf.mul(tf.softmax(x!), tf.logSoftmax(x!)) },
  {
    name: 'broadcast arithmetic',
    shapes: (n, d) => [[n, d], [d], [n, 1]],
    apply: (x, row, column) => tf.div(tf.sub(tf.mul(x!, row!), column!), tf.add(tf.square(row!), 1)),
  },
  {
    name: 'reductions',
    shapes: matrix,
    apply: (x) => tf.concat([tf.sum(x!, 0), tf.mean(x!, 0), tf.max(x!, 0), tf.min(x!, 0)]),
  },
  {
    name: 'elementary functions',
    shapes: matrix,
    apply: (x) =>
      tf.addN([
        tf.exp(tf.neg(tf.abs(x!))),
        tf.log(tf.add(tf.square(x!), 1)),
        tf.sqrt(tf.add(tf.square(x!), 1)),
      ]),
  },
  {
    name: 'batch statistics',
    shapes: matrix,
    apply: (x) => {
      const { mean, variance } = tf.moments(x!, 0);
      return tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-3)));
    },
  },
  {
    name: 'slices, concatenation and padding',
    shapes: twoMatrices,
    apply: (a, b) =>
      tf.transpose(
        tf.pad(tf.concat([a!, tf.slice(b!, [0, 0], [1, -1])], 0), [
          [1, 0],
          [0, 2],
        ]),
      ),
  },
  {
    name: 'maxima and minima',
    shapes: twoMatrices,
    apply: (a, b) => tf.addN([tf.maximum(a!, b!), tf.minimum(a!, 0), tf.clipByValue(b!, -1, 1)]),
  },
  {
    name: 'self-expression',
    shapes: (n, d) => [
      [n, n],
      [n, d],
    ],
    apply: (s, z) => tf.square(tf.sub(z!, tf.matMul(s!, z!))),
  },
];

/** Batch size of a tensor. */
function n0(x: tf.Tensor): number {
  return x.shape[0]!;
}
