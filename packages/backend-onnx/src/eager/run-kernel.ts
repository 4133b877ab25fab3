import type * as tf from '@tensorflow/tfjs';
import { toElementArray } from '../graph/constants.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { prune } from '../graph/prune.js';
import type { ElementType, GraphValue } from '../graph/types.js';
import { encodeModel } from '../model/encode-model.js';
import type { OnnxBackend } from '../onnx-backend.js';
import { loadRuntime, type NativeTensors } from '../runtime/binding.js';
import { translations } from '../translations/index.js';

/** Computes one kernel in ONNX Runtime, by the same translation that compiled steps use. */
export function runKernel(
  backend: OnnxBackend,
  name: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  attributes: tf.NamedAttrMap,
): tf.TensorInfo {
  const entries = Object.entries(inputs);
  const graph = new GraphBuilder();
  const values: Record<string, GraphValue> = {};
  for (const [key, info] of entries) values[key] = graph.input(info.shape, info.dtype as ElementType);
  const result = translations[name]!({ graph, inputs: values, attributes, kernel: name }) as GraphValue;
  const key = [name, JSON.stringify(attributes), ...entries.map(([, info]) => info.shape.join())].join('|');
  const session = backend.sessions.get(key, () => {
    const { nodes, leaves } = prune(graph.nodes, [result]);
    return encodeModel({
      nodes,
      inputs: Object.values(values),
      outputs: [result],
      initializers: graph.constants.filter((value) => leaves.has(value)),
    });
  });
  const { tensor } = loadRuntime();
  const feeds: NativeTensors = {};
  for (const [key, info] of entries) {
    const stored = backend.data.get(info.dataId).values as ArrayLike<number>;
    const dtype = info.dtype as ElementType;
    feeds[values[key]!.name] = tensor(toElementArray(stored, dtype), info.shape, dtype);
  }
  const output = session.run(feeds, { [result.name]: null })[result.name];
  return backend.makeTensorInfo([...result.shape], result.dtype as tf.DataType, output!.data as Float32Array);
}
