import { tf } from '@crossmodal/tensors';
import type { SampleArray } from './minibatches.js';

/** Rows of every array, in the order given, as tensors. */
export function takeRows(
  data: Readonly<Record<string, SampleArray>>,
  rows: Int32Array,
): Record<string, tf.Tensor> {
  const inputs: Record<string, tf.Tensor> = {};
  for (const [name, { shape, values }] of Object.entries(data)) {
    const width = values.length / shape[0]!;
    const taken = new Float32Array(rows.length * width);
    rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
    inputs[name] = tf.tensor(taken, [rows.length, ...shape.slice(1)], 'float32');
  }
  return inputs;
}
