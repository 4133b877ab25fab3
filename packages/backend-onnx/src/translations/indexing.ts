import * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../graph/shapes.js';
import type { GraphBuilder } from '../graph/graph-builder.js';
import type { GraphValue } from '../graph/types.js';
import { attributesOf, parseAxes } from './attributes.js';
import { binary } from './elementwise/binary.js';
import { slice } from './shapes.js';
import type { KernelCall, TranslationTable } from './translation.js';

function gather(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, indices } = inputs;
  const { axis, batchDims = 0 } = attributesOf<{ axis: number; batchDims?: number }>(call);
  const [at] = parseAxes(axis, x!.shape);
  const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
    tf.backend_util.segment_util.collectGatherOpShapeInfo(
      { shape: [...x!.shape] } as unknown as tf.Tensor,
      { shape: [...indices!.shape] } as unknown as tf.Tensor,
      at!,
      batchDims,
    );
  const positions = graph.cast(indices!, 'int32');
  if (batchSize === 1) return graph.reshape(take(graph, x!, positions, at!), outputShape);
  // Rows of all batches lie in one list; an index is moved by its batch's offset.
  const count = sizeOf(indices!.shape) / batchSize;
  const rows = graph.reshape(
    graph.transpose(graph.reshape(x!, [batchSize, outerSize, dimSize, sliceSize]), [0, 2, 1, 3]),
    [batchSize * dimSize, outerSize * sliceSize],
  );
  const offsets = graph.list(
    Array.from({ length: batchSize }, (_, batch) => batch * dimSize),
    'int32',
    [batchSize, 1],
  );
  const moved = binary(graph, 'Add', graph.reshape(positions, [batchSize, count]), offsets);
  const taken = graph.reshape(take(graph, rows, moved, 0), [batchSize, count, outerSize, sliceSize]);
  return graph.reshape(graph.transpose(taken, [0, 2, 1, 3]), outputShape);
}

function take(graph: GraphBuilder, x: GraphValue, indices: GraphValue, axis: number): GraphValue {
  const shape = x.shape.toSpliced(axis, 1, ...indices.shape);
  return graph.node('Gather', [x, indices], shape, x.dtype, { axis });
}

function oneHot(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { depth, onValue, offValue, dtype } = attributesOf<{
    depth: number;
    onValue: number;
    offValue: number;
    dtype: 'float32' | 'int32' | 'bool';
  }>(call);
  const indices = graph.cast(inputs.indices!, 'int32');
  const classes = graph.list(
    Array.from({ length: depth }, (_, index) => index),
    'int32',
  );
  const hit = graph.elementwise('Equal', [graph.reshape(indices, [...indices.shape, 1]), classes], 'bool');
  if (onValue === 1 && offValue === 0) return graph.cast(hit, dtype);
  const type = dtype === 'bool' ? 'int32' : dtype;
  const value = graph.elementwise(
    'Where',
    [hit, graph.scalar(onValue, type), graph.scalar(offValue, type)],
    type,
  );
  return graph.cast(value, dtype);
}

/** Sums the rows of each segment; rows with an identifier outside the range count nowhere. */
function segmentSum(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, segmentIds } = inputs;
  const { numSegments } = attributesOf<{ numSegments: number }>(call);
  const ids = graph.cast(segmentIds!, 'int32');
  const low = graph.elementwise('Less', [ids, graph.scalar(0, 'int32')], 'bool');
  const high = graph.elementwise('Greater', [ids, graph.scalar(numSegments, 'int32')], 'bool');
  const outside = graph.elementwise('Or', [low, high], 'bool');
  const safe = graph.elementwise('Where', [outside, graph.scalar(numSegments, 'int32'), ids], 'int32');
  const inner = x!.shape.slice(segmentIds!.shape.length);
  const count = sizeOf(segmentIds!.shape);
  const rows = graph.reshape(x!, [count, ...inner]);
  const positions = graph.cast(graph.reshape(safe, [count, 1]), 'int64');
  const sum = scatterAdd(graph, positions, rows, [numSegments + 1, ...inner]);
  return slice(graph, sum, [0, ...inner.map(() => 0)], [numSegments, ...inner]);
}

function scatterAdd(
  graph: GraphBuilder,
  positions: GraphValue,
  rows: GraphValue,
  shape: readonly number[],
): GraphValue {
  const zeros = graph.broadcast(graph.list([0], rows.dtype), shape);
  return graph.node('ScatterND', [zeros, positions, rows], shape, rows.dtype, { reduction: 'add' });
}

function gatherNd({ graph, inputs: { params, indices } }: KernelCall): GraphValue {
  const depth = indices!.shape[indices!.shape.length - 1];
  const shape = [...indices!.shape.slice(0, -1), ...params!.shape.slice(depth)];
  return graph.node('GatherND', [params, graph.cast(indices!, 'int64')], shape, params!.dtype);
}

function scatterNd(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { shape } = attributesOf<{ shape: number[] }>(call);
  return scatterAdd(graph, graph.cast(inputs.indices!, 'int64'), inputs.updates!, shape);
}

function topK(call: KernelCall): GraphValue[] {
  const { graph, inputs } = call;
  const { x } = inputs;
  const { k, sorted } = attributesOf<{ k: number; sorted: boolean }>(call);
  const shape = [...x!.shape.slice(0, -1), k];
  const outputs = [
    { shape, dtype: x!.dtype },
    { shape, dtype: 'int64' },
  ] as const;
  const [values, indices] = graph.nodeOutputs('TopK', [x, graph.list([k])], outputs, {
    sorted: Number(sorted),
  });
  return [values!, graph.cast(indices!, 'int32')];
}

/** Operations that pick elements by index, or put them there. */
export const indexingTranslations: TranslationTable = {
  GatherV2: gather,
  GatherNd: gatherNd,
  ScatterNd: scatterNd,
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
  TopK: topK,
};
