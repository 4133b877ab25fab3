import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { SampleArray } from './sample-array.js';

/**
 * Rows of every array, in the order given, as tensors `[rows, ...]` that the caller frees.
 *
 * @param rows - row numbers, `0..n-1`; any may come more than once
 * @throws CrossmodalError `value` on a row that an array does not have.
 * @example
 * ```ts
 * const data = { x: { shape: [3, 1], values: Float32Array.of(5, 6, 7) } };
 * const { x } = takeRows(data, Int32Array.of(2, 0));
 * console.log(x!.dataSync()); // 7, 5
 * x!.dispose();
 * ```
 */
export function takeRows(
  data: Readonly<Record<string, SampleArray>>,
  rows: Int32Array,
): Record<string, tf.Tensor> {
  for (const [name, { shape }] of Object.entries(data)) checkRows(name, shape[0]!, rows);
  const inputs: Record<string, tf.Tensor> = {};
  for (const [name, { shape, values }] of Object.entries(data)) {
    const width = values.length / shape[0]!;
    const taken = new Float32Array(rows.length * width);
    rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
    inputs[name] = tf.tensor(taken, [rows.length, ...shape.slice(1)], 'float32');
  }
  return inputs;
}

function checkRows(name: string, n: number, rows: Int32Array): void {
  const odd = rows.find((row) => row < 0 || row >= n);
  if (odd === undefined) return;
  throw new CrossmodalError({
    code: 'value',
    where: `takeRows '${name}'`,
    expected: `row numbers in 0..${n - 1}`,
    received: String(odd),
  });
}
