import type * as tf from '@tensorflow/tfjs';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { GraphValue } from '../graph/types.js';
import { broadcastShape, sizeOf } from '../graph/shapes.js';
import { encodeModel } from '../model/encode-model.js';
import type { OnnxBackend } from '../onnx-backend.js';
import { loadRuntime } from '../runtime/binding.js';
import { product, type ProductAttributes } from '../translations/products.js';

/** Multiplications from which further threads save more than they cost, and than they take from other work. */
const LARGE = 2 ** 28;

/** Computes a product of matrices; one session serves all shapes of the same rank, and another the large ones. */
export function matrixProduct(
  backend: OnnxBackend,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): tf.TensorInfo {
  const shape = [
    ...broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]),
    a.shape[a.shape.length - (transposeA ? 1 : 2)]!,
    b.shape[b.shape.length - (transposeB ? 2 : 1)]!,
  ];
  const inner = a.shape[a.shape.length - (transposeA ? 2 : 1)]!;
  const threads = sizeOf(shape) * inner < LARGE ? backend.threads : backend.productThreads;
  const key = `product|${a.shape.length}|${b.shape.length}|${Number(transposeA)}${Number(transposeB)}|${threads}`;
  const session = backend.sessions.get(
    key,
    () => productModel(a.shape, b.shape, { transposeA, transposeB }),
    threads,
  );
  const { tensor } = loadRuntime();
  const valuesOf = (info: tf.TensorInfo) => backend.data.get(info.dataId).values! as Float32Array;
  const feeds = { a: tensor(valuesOf(a), a.shape, 'float32'), b: tensor(valuesOf(b), b.shape, 'float32') };
  const result = new Float32Array(sizeOf(shape));
  session.run(feeds, { product: tensor(result, shape, 'float32') });
  return backend.makeTensorInfo(shape, 'float32', result);
}

function productModel(a: number[], b: number[], transposed: ProductAttributes): Uint8Array {
  const graph = new GraphBuilder();
  const left: GraphValue = { name: 'a', shape: a, dtype: 'float32' };
  const right: GraphValue = { name: 'b', shape: b, dtype: 'float32' };
  const result: GraphValue = { ...product(graph, left, right, transposed), name: 'product' };
  const nodes = graph.nodes.map((node) => ({ ...node, outputs: [result] }));
  return encodeModel({ nodes, inputs: [left, right], outputs: [result], initializers: [], openShapes: true });
}
