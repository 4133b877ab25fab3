import type * as tf from '@tensorflow/tfjs';
import { broadcastShape, sizeOf } from '../graph/shapes.js';
import type { OnnxBackend } from '../onnx-backend.js';

/** A kernel on other inputs than it was called with. */
export type KernelFunction = (
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
) => tf.TensorInfo | tf.TensorInfo[];

// Gradients of sums multiply arrays of ones as large as their operands.
const FOLDABLE: ReadonlySet<string> = new Set(['Multiply', 'Add', 'Sub', 'RealDiv']);
const SMALLEST = 1024;

/**
 * Computes an operation on constants whose elements are all equal from one element of each; gives nothing where that
 * is not what it is. `uniformOf` tells the number that all elements of an array equal.
 */
export function foldUniform(
  backend: OnnxBackend,
  name: string,
  inputs: readonly (readonly [string, tf.TensorInfo])[],
  compute: KernelFunction,
  uniformOf: (values: Float32Array) => number | undefined,
): { info: tf.TensorInfo; element: number } | undefined {
  if (!FOLDABLE.has(name) || inputs.some(([, info]) => info.dtype !== 'float32')) return undefined;
  const shape = broadcastShape(inputs.map(([, info]) => info.shape));
  if (sizeOf(shape) < SMALLEST) return undefined;
  const elements: number[] = [];
  for (const [, info] of inputs) {
    const element = uniformOf(backend.data.get(info.dataId).values as Float32Array);
    if (element === undefined) return undefined;
    elements.push(element);
  }
  const single = inputs.map(
    ([key], index) =>
      [key, backend.makeTensorInfo([], 'float32', Float32Array.of(elements[index]!))] as const,
  );
  const result = compute(Object.fromEntries(single)) as tf.TensorInfo;
  const [element] = backend.readSync(result.dataId) as Float32Array;
  for (const info of [...single.map(([, made]) => made), result]) backend.disposeIntermediateTensorInfo(info);
  const values = new Float32Array(sizeOf(shape)).fill(element!);
  return { info: backend.makeTensorInfo(shape, 'float32', values), element: element! };
}
