import type * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../graph/shapes.js';
import type { OnnxBackend } from '../onnx-backend.js';
import type { KernelInputs } from '../trace/trace.js';
import { matrixProduct } from './matrix-product.js';
import { runKernel } from './run-kernel.js';

// Below this many multiplications the overhead of a session's run (some 20 microseconds) outweighs what it saves.
const SMALLEST_PRODUCT = 4096;

const CONVOLUTIONS: ReadonlySet<string> = new Set(['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter']);

/** Computes a heavy kernel in ONNX Runtime; gives nothing for kernels that the cpu implementation serves as well. */
export function eagerKernel(
  backend: OnnxBackend,
  name: string,
  inputs: KernelInputs,
  attributes: tf.NamedAttrMap,
): tf.TensorInfo | undefined {
  if (name === 'BatchMatMul') {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean };
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
    const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
    const multiplications = sizeOf(a.shape) * columns!;
    if (multiplications < SMALLEST_PRODUCT || sizeOf(b.shape) === 0) return undefined;
    return matrixProduct(backend, a, b, transposeA, transposeB);
  }
  if (CONVOLUTIONS.has(name)) {
    const present = inputs as Readonly<Record<string, tf.TensorInfo>>;
    const infos = Object.values(present);
    if (infos.some((info) => info.dtype !== 'float32' || sizeOf(info.shape) === 0)) return undefined;
    return runKernel(backend, name, present, attributes);
  }
  return undefined;
}
