import { sizeOf } from '../graph/shapes.js';
import type { GraphValue } from '../graph/types.js';
import { attributesOf, parseAxes } from './attributes.js';
import { binary } from './elementwise/binary.js';
import type { KernelCall, Translation, TranslationTable } from './translation.js';

interface ReductionAttributes {
  readonly axis?: number | number[];
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

function reduction(op: string): Translation {
  return (call) => reduceAs(call, op, call.inputs.x!);
}

function reduceAs(call: KernelCall, op: string, x: GraphValue): GraphValue {
  const { axis, reductionIndices, keepDims = false } = attributesOf<ReductionAttributes>(call);
  const value = x.dtype === 'bool' ? call.graph.cast(x, 'int32') : x;
  return call.graph.reduce(op, value, parseAxes(axis ?? reductionIndices, x.shape), keepDims);
}

function truth(op: string): Translation {
  return (call) => call.graph.cast(reduceAs(call, op, call.graph.cast(call.inputs.x!, 'int32')), 'bool');
}

function extremum(op: string): Translation {
  return (call) => {
    const { graph, inputs } = call;
    const x = inputs.x!.dtype === 'bool' ? graph.cast(inputs.x!, 'int32') : inputs.x;
    const [axis] = parseAxes(attributesOf<{ axis: number }>(call).axis, x!.shape);
    const shape = x!.shape.filter((_, index) => index !== axis);
    return graph.cast(graph.node(op, [x!], shape, 'int64', { axis: axis!, keepdims: 0 }), 'int32');
  };
}

function cumulativeSum(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { axis, exclusive, reverse } = attributesOf<{ axis: number; exclusive: boolean; reverse: boolean }>(
    call,
  );
  return graph.node('CumSum', [inputs.x, graph.scalar(axis, 'int64')], inputs.x!.shape, inputs.x!.dtype, {
    exclusive: Number(exclusive),
    reverse: Number(reverse),
  });
}

function softmax(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { dim } = attributesOf<{ dim: number }>(call);
  return graph.node('Softmax', [inputs.logits], inputs.logits!.shape, 'float32', { axis: dim });
}

function mean(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { axis, keepDims = false } = attributesOf<ReductionAttributes>(call);
  const axes = parseAxes(axis, inputs.x!.shape);
  const count = sizeOf(axes.map((index) => inputs.x!.shape[index]!));
  const sum = graph.reduce('ReduceSum', graph.cast(inputs.x!, 'float32'), axes, keepDims);
  return binary(graph, 'Div', sum, graph.scalar(count));
}

/** Sums, extrema and their positions, along axes. */
export const reductionTranslations: TranslationTable = {
  Sum: reduction('ReduceSum'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Mean: mean,
  All: truth('ReduceMin'),
  Any: truth('ReduceMax'),
  ArgMax: extremum('ArgMax'),
  ArgMin: extremum('ArgMin'),
  Cumsum: cumulativeSum,
  Softmax: softmax,
};
