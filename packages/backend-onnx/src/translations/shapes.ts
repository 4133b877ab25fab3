import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { sizeOf } from '../graph/shapes.js';
import type { GraphValue } from '../graph/types.js';
import { attributesOf, parseAxes } from './attributes.js';
import type { KernelCall, TranslationTable } from './translation.js';

/** Cuts a box out of a value; `stride` may be negative. */
export function slice(
  graph: GraphBuilder,
  x: GraphValue,
  begin: readonly number[],
  shape: readonly number[],
  stride: readonly number[] = begin.map(() => 1),
): GraphValue {
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => stride[axis] !== 1 || shape[axis] !== x.shape[axis]);
  if (axes.length === 0) return x;
  const ends = axes.map((axis) => {
    const end = begin[axis]! + shape[axis]! * stride[axis]!;
    // Below zero means "through element 0"; ONNX counts small negative ends from the back instead.
    return end < 0 ? -x.shape[axis]! - 1 : end;
  });
  const starts = axes.map((axis) => begin[axis]!);
  const strides = axes.map((axis) => stride[axis]!);
  const parameters = [starts, ends, axes, strides].map((list) => graph.list(list));
  return graph.node('Slice', [x, ...parameters], shape, x.dtype);
}

/** Joins values along an axis. */
export function concatenate(graph: GraphBuilder, values: readonly GraphValue[], axis: number): GraphValue {
  if (values.length === 1) return values[0]!;
  const shape = [...values[0]!.shape];
  shape[axis] = values.reduce((sum, value) => sum + value.shape[axis]!, 0);
  return graph.node('Concat', values, shape, values[0]!.dtype, { axis });
}

/** Surrounds a value with a constant, or with a mirror image of itself. */
export function pad(
  graph: GraphBuilder,
  x: GraphValue,
  paddings: readonly (readonly number[])[],
  mode: 'constant' | 'reflect' | 'edge' = 'constant',
  value = 0,
): GraphValue {
  const shape = x.shape.map((extent, axis) => paddings[axis]![0]! + extent + paddings[axis]![1]!);
  const widths = graph.list([...paddings.map(([before]) => before!), ...paddings.map(([, after]) => after!)]);
  const inputs = mode === 'constant' ? [x, widths, graph.scalar(value, x.dtype)] : [x, widths];
  return graph.node('Pad', inputs, shape, x.dtype, { mode });
}

function sliceKernel(call: KernelCall): GraphValue {
  const { begin, size } = attributesOf<{ begin: number | number[]; size: number | number[] }>(call);
  const { x } = call.inputs;
  const [start, shape] = tf.slice_util.parseSliceParams(
    { shape: [...x!.shape] } as tf.TensorInfo,
    begin,
    size,
  );
  return slice(call.graph, x!, start!, shape!);
}

function stridedSlice(call: KernelCall): GraphValue {
  const a = attributesOf<tf.StridedSliceAttrs>(call);
  const { x } = call.inputs;
  const info = tf.slice_util.sliceInfo(
    [...x!.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  const shape = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
  return call.graph.reshape(slice(call.graph, x!, info.begin, shape, info.strides), info.finalShape);
}

function concat(call: KernelCall): GraphValue {
  const values = Object.values(call.inputs);
  const [axis] = parseAxes(attributesOf<{ axis: number }>(call).axis, values[0]!.shape);
  return concatenate(call.graph, values, axis!);
}

function pack(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const values = Object.values(inputs);
  const { axis } = attributesOf<{ axis: number }>(call);
  const at = axis < 0 ? axis + values[0]!.shape.length + 1 : axis;
  const lifted = values.map((value) => graph.reshape(value, value.shape.toSpliced(at, 0, 1)));
  return concatenate(graph, lifted, at);
}

function unpack(call: KernelCall): GraphValue[] {
  const { graph, inputs } = call;
  const { value } = inputs;
  const [axis] = parseAxes(attributesOf<{ axis: number }>(call).axis, value!.shape);
  const shape = value!.shape.with(axis!, 1);
  return Array.from({ length: value!.shape[axis!]! }, (_, index) => {
    const begin = value!.shape.map((_extent, position) => (position === axis ? index : 0));
    return graph.reshape(slice(graph, value!, begin, shape), value!.shape.toSpliced(axis!, 1));
  });
}

function split(call: KernelCall): GraphValue[] {
  const { graph, inputs } = call;
  const { numOrSizeSplits, axis } = attributesOf<{ numOrSizeSplits: number | number[]; axis: number }>(call);
  const { x } = inputs;
  const [at] = parseAxes(axis, x!.shape);
  const sizes = tf.backend_util.prepareSplitSize(
    { shape: [...x!.shape] } as unknown as tf.Tensor,
    numOrSizeSplits,
    at,
  );
  let offset = 0;
  return sizes.map((size) => {
    const begin = x!.shape.map((_, position) => (position === at ? offset : 0));
    offset += size;
    return slice(graph, x!, begin, x!.shape.with(at!, size));
  });
}

function padKernel(call: KernelCall): GraphValue {
  const { paddings, constantValue } = attributesOf<{ paddings: [number, number][]; constantValue: number }>(
    call,
  );
  return pad(call.graph, call.inputs.x!, paddings, 'constant', constantValue);
}

function mirrorPad(call: KernelCall): GraphValue {
  const { paddings, mode } = attributesOf<{ paddings: [number, number][]; mode: string }>(call);
  if (mode === 'reflect') return pad(call.graph, call.inputs.x!, paddings, 'reflect');
  // ONNX has no symmetric padding; the border is cut, reversed and joined axis by axis.
  return paddings.reduce(
    (x, [before, after], axis) => mirrorAxis(call.graph, x!, axis, before, after),
    call.inputs.x!,
  );
}

function mirrorAxis(
  graph: GraphBuilder,
  x: GraphValue,
  axis: number,
  before: number,
  after: number,
): GraphValue {
  const edge = (start: number, size: number): GraphValue[] => {
    if (size === 0) return [];
    const begin = x.shape.map((_, position) => (position === axis ? start : 0));
    return [reverse(graph, slice(graph, x, begin, x.shape.with(axis, size)), [axis])];
  };
  const parts = [...edge(0, before), x, ...edge(x.shape[axis]! - after, after)];
  return concatenate(graph, parts, axis);
}

/** Turns axes round. */
export function reverse(graph: GraphBuilder, x: GraphValue, axes: readonly number[]): GraphValue {
  const begin = x.shape.map((extent, axis) => (axes.includes(axis) ? extent - 1 : 0));
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? -1 : 1));
  return slice(graph, x, begin, x.shape, strides);
}

function tile(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { reps } = attributesOf<{ reps: number[] }>(call);
  const { x } = inputs;
  const shape = x!.shape.map((extent, axis) => extent * reps[axis]!);
  if (x!.shape.every((extent, axis) => extent === 1 || reps[axis] === 1)) return graph.broadcast(x!, shape);
  return graph.node('Tile', [x, graph.list(reps)], shape, x!.dtype);
}

function reshape(call: KernelCall): GraphValue {
  const { x } = call.inputs;
  const { shape } = attributesOf<{ shape: number[] }>(call);
  return call.graph.reshape(x!, tf.util.inferFromImplicitShape(shape, sizeOf(x!.shape)));
}

function expandDims(call: KernelCall): GraphValue {
  const { input } = call.inputs;
  const { dim } = attributesOf<{ dim: number }>(call);
  return call.graph.reshape(
    input!,
    input!.shape.toSpliced(dim < 0 ? dim + input!.shape.length + 1 : dim, 0, 1),
  );
}

function constantLike(element: number) {
  return ({ graph, inputs: { x } }: KernelCall): GraphValue => {
    const size = sizeOf(x!.shape);
    const values =
      x!.dtype === 'float32'
        ? new Float32Array(size)
        : x!.dtype === 'int32'
          ? new Int32Array(size)
          : new Uint8Array(size);
    return graph.constant(values.fill(element), x!.shape, x!.dtype);
  };
}

/** Operations that move elements and leave them as they are. */
export const shapeTranslations: TranslationTable = {
  Reshape: reshape,
  ExpandDims: expandDims,
  Transpose: (call) => call.graph.transpose(call.inputs.x!, attributesOf<{ perm: number[] }>(call).perm),
  Slice: sliceKernel,
  StridedSlice: stridedSlice,
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  SplitV: split,
  PadV2: padKernel,
  MirrorPad: mirrorPad,
  Tile: tile,
  Reverse: (call) =>
    reverse(
      call.graph,
      call.inputs.x!,
      parseAxes(attributesOf<{ dims: number | number[] }>(call).dims, call.inputs.x!.shape),
    ),
  ZerosLike: constantLike(0),
  OnesLike: constantLike(1),
};
