import type * as tf from '@tensorflow/tfjs';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { GraphValue } from '../graph/types.js';
import { broadcastShape, sizeOf } from '../graph/shapes.js';
import { encodeModel } from '../model/encode-model.js';
import type { OnnxBackend } from '../onnx-backend.js';
import { loadRuntime } from '../runtime/binding.js';
import { product } from '../translations/products.js';

/** Computes a product of matrices; one session serves all shapes of the same rank. */
export function matrixProduct(
  backend: OnnxBackend,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): tf.TensorInfo {
  const key = `product|${a.shape.length}|${b.shape.length}|${Number(transposeA)}${Number(transposeB)}`;
  const session = backend.sessions.get(key, () => {
    const graph = new GraphBuilder();
    const left: GraphValue = { name: 'a', shape: a.shape, dtype: 'float32' };
    const right: GraphValue = { name: 'b', shape: b.shape, dtype: 'float32' };
    const result: GraphValue = {
      ...product(graph, left, right, { transposeA, transposeB }),
      name: 'product',
    };
    const nodes = graph.nodes.map((node) => ({ ...node, outputs: [result] }));
    return encodeModel({
      nodes,
      inputs: [left, right],
      outputs: [result],
      initializers: [],
      openShapes: true,
    });
  });
  const { tensor } = loadRuntime();
  const valuesOf = (info: tf.TensorInfo) => backend.data.get(info.dataId).values! as Float32Array;
  const feeds = { a: tensor(valuesOf(a), a.shape, 'float32'), b: tensor(valuesOf(b), b.shape, 'float32') };
  const shape = [
    ...broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]),
    a.shape[a.shape.length - (transposeA ? 1 : 2)]!,
    b.shape[b.shape.length - (transposeB ? 2 : 1)]!,
  ];
  const result = new Float32Array(sizeOf(shape));
  session.run(feeds, { product: tensor(result, shape, 'float32') });
  return backend.makeTensorInfo(shape, 'float32', result);
}
