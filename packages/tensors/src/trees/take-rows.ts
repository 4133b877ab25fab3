import { CrossmodalError, type SampleArray } from '@crossmodal/core';
import { tf } from '../tf.js';
import { isSampleArray } from './is-sample-array.js';
import { leavesOf, mapLeaves } from './leaves.js';
import type { TensorsOf } from './tensors-of.js';

/**
 * Takes the same rows of every sample array of a tree as tensors, in the order given.
 *
 * @param samples - sample arrays `[n, ...]` in records and lists
 * @param rows - row numbers in `0..n-1`, repeats allowed
 * @returns a tree of the same form, tensors `[rows.length, ...]`, the caller's to dispose of
 * @throws CrossmodalError `value` on a row that an array does not have.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const x = { shape: [3, 1], values: Float32Array.of(5, 6, 7) };
 * const batch = takeRows({ x }, Int32Array.of(2, 0)); // batch.x is [[7], [5]]
 * tf.dispose(batch);
 * ```
 */
export function takeRows<T>(samples: T, rows: Int32Array): TensorsOf<T> {
  for (const [path, { shape }] of Object.entries(sampleArraysOf(samples))) checkRows(path, shape[0]!, rows);
  return mapLeaves(samples, isSampleArray, ({ shape, values }) => {
    const width = values.length / shape[0]!;
    const taken = new Float32Array(rows.length * width);
    rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
    return tf.tensor(taken, [rows.length, ...shape.slice(1)], 'float32');
  }) as TensorsOf<T>;
}

function checkRows(path: string, n: number, rows: Int32Array): void {
  const odd = rows.find((row) => row < 0 || row >= n);
  if (odd === undefined) return;
  throw new CrossmodalError({
    code: 'value',
    where: `takeRows '${path}'`,
    expected: `row numbers in 0..${n - 1}`,
    received: String(odd),
  });
}

/** The sample arrays of a tree by path, such as `modalities.0.x`. */
export function sampleArraysOf(samples: unknown): Record<string, SampleArray> {
  return leavesOf(samples, isSampleArray);
}
