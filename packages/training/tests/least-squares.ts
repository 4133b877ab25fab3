import { tf, type Module, type TensorRecord } from '@crossmodal/tensors';

/** A module of one variable. */
export function weights(start: number[]): Module & { readonly w: tf.Variable } {
  const w = tf.tidy(() => tf.variable(tf.tensor1d(start)));
  return { w, trainable: [w], variables: [w], dispose: () => w.dispose() };
}

/** Least squares `||X w - y||^2` and a term that only the history sees. */
export const leastSquares = (w: tf.Variable) => (inputs: TensorRecord) => {
  const residual = tf.sub(tf.dot(inputs['x']!, w), inputs['y']!);
  const fit = tf.sum(tf.square(residual)) as tf.Scalar;
  const size = tf.sum(tf.square(w)) as tf.Scalar;
  return { total: tf.mul(fit, 0.5) as tf.Scalar, values: { fit, size } };
};

/** Six samples of two features. */
export const x = { shape: [6, 2], values: Float32Array.from([1, 0, 0, 1, 1, 1, 1, -1, 2, 1, 0, 2]) };
/** Their targets. */
export const y = { shape: [6], values: Float32Array.from([1, 2, 3, -1, 4, 4]) }; // w = [1, 2] fits exactly

/** Runs with both as tensors, and frees them. */
export async function withTensors<T>(run: (inputs: TensorRecord) => Promise<T>): Promise<T> {
  const inputs = { x: tf.tensor(x.values, x.shape), y: tf.tensor(y.values, y.shape) };
  try {
    return await run(inputs);
  } finally {
    tf.dispose(inputs);
  }
}
