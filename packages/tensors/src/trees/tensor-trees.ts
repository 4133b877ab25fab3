import { tf } from '../tf.js';
import type { TensorRecord } from '../compile.js';
import { leavesOf, mapLeaves } from './leaves.js';

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;

/**
 * Names every tensor of nested records and lists by its path, such as `modalities.0.x`, as a compiled step takes them.
 *
 * @param tree - tensors in records and lists; absent values are left out
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const record = flattenTensors({ modalities: [{ x: tf.scalar(1), mask: undefined }] });
 * console.log(Object.keys(record)); // modalities.0.x
 * tf.dispose(record);
 * ```
 */
export function flattenTensors(tree: unknown): Record<string, tf.Tensor> {
  return leavesOf(tree, isTensor);
}

/**
 * Puts the tensors of {@link flattenTensors} back into a tree of the same form.
 *
 * @param form - a tree of that form; what its tensors hold does not matter, they may be disposed of
 * @param tensors - by path; further names are passed over
 */
export function unflattenTensors<T>(form: T, tensors: TensorRecord): T {
  return mapLeaves(form, isTensor, (_, path) => tensors[path]) as T;
}
