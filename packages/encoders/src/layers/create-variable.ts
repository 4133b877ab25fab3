import { tf } from '@crossmodal/tensors';

/** Makes a variable from row-major values; the caller disposes of it. */
export function createVariable(
  values: Float32Array,
  shape: readonly number[],
  trainable = true,
): tf.Variable {
  const start = tf.tensor(values, [...shape], 'float32');
  try {
    return tf.variable(start, trainable);
  } finally {
    start.dispose();
  }
}

/** Disposes of variables; those disposed of before are left alone. */
export function disposeVariables(variables: readonly tf.Variable[]): void {
  for (const variable of variables) if (!variable.isDisposed) variable.dispose();
}
