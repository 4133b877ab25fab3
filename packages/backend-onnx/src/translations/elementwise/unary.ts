import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { GraphValue } from '../../graph/types.js';
import { attributesOf } from '../attributes.js';
import type { KernelCall, Translation, TranslationTable } from '../translation.js';
import { binary } from './binary.js';

/** An ONNX operation of the same meaning that keeps the element type. */
function same(op: string, attributes = {}): Translation {
  return ({ graph, inputs: { x } }) => graph.elementwise(op, [x!], x!.dtype, attributes);
}

/** An ONNX operation of the same meaning that gives floats; TensorFlow.js accepts integers too. */
function real(op: string, attributes = {}): Translation {
  return ({ graph, inputs: { x } }) =>
    graph.elementwise(op, [graph.cast(x!, 'float32')], 'float32', attributes);
}

/** A formula on floats. */
function formula(build: (graph: GraphBuilder, x: GraphValue) => GraphValue): Translation {
  return ({ graph, inputs: { x } }) => build(graph, graph.cast(x!, 'float32'));
}

// The steepest line that 32-bit floats have: it reaches 1 at the smallest normal number, so that clipping it to [0, 1]
// is a step. (Below, among subnormal numbers, it still climbs.)
const STEEPEST = 3.4028234663852886e38;

/**
 * 1 above zero, else 0, by a clipped line: one pass in vector instructions where a sign goes number by number. It is
 * taken of the rectified value, whose node the forward pass of ReLU has made.
 */
function step(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { alpha = 0 } = attributesOf<{ alpha?: number }>(call);
  const x = graph.cast(inputs.x!, 'float32');
  const unit = graph.elementwise('HardSigmoid', [graph.elementwise('Relu', [x])], 'float32', {
    alpha: { float: STEEPEST },
    beta: { float: 0 },
  });
  if (alpha === 0) return unit;
  // alpha where x <= 0, and 1 elsewhere
  const scaled = binary(graph, 'Mul', unit, graph.scalar(1 - alpha));
  return binary(graph, 'Add', scaled, graph.scalar(alpha));
}

/**
 * log(1 + exp(x)) = max(x, 0) + log(1 + e) with e = exp(-|x|), in operations that work on vectors. Rounding u = 1 + e
 * loses the end of e; its first-order share of the logarithm, (e - (u - 1)) / u, is added again, which leaves e itself
 * where u is 1.
 */
function softplus(graph: GraphBuilder, x: GraphValue): GraphValue {
  const one = graph.scalar(1);
  const e = graph.elementwise('Exp', [graph.elementwise('Neg', [graph.elementwise('Abs', [x])])]);
  const u = graph.elementwise('Add', [e, one]);
  const lost = graph.elementwise('Sub', [e, graph.elementwise('Sub', [u, one])]);
  const tail = graph.elementwise('Add', [graph.elementwise('Log', [u]), graph.elementwise('Div', [lost, u])]);
  return graph.elementwise('Add', [graph.elementwise('Relu', [x]), tail]);
}

function clip(graph: GraphBuilder, x: GraphValue, low: number, high: number): GraphValue {
  return graph.elementwise('Clip', [x, graph.scalar(low, x.dtype), graph.scalar(high, x.dtype)], x.dtype);
}

/** Gradient of ELU from its value y: dy (y + 1) below zero, dy above. */
function eluGradient({ graph, inputs: { dy, y } }: KernelCall): GraphValue {
  const slope = binary(graph, 'Add', binary(graph, 'Min', y!, graph.scalar(0)), graph.scalar(1));
  return binary(graph, 'Mul', dy!, slope);
}

/** Functions of one tensor, element by element. */
export const unaryTranslations: TranslationTable = {
  Identity: ({ inputs: { x } }) => x!,
  Abs: same('Abs'),
  Neg: same('Neg'),
  Sign: same('Sign'),
  Relu: same('Relu'),
  Ceil: real('Ceil'),
  Floor: real('Floor'),
  Round: real('Round'),
  Exp: real('Exp'),
  Log: real('Log'),
  Sqrt: real('Sqrt'),
  Reciprocal: real('Reciprocal'),
  Sigmoid: real('Sigmoid'),
  Tanh: real('Tanh'),
  Softplus: formula(softplus),
  Erf: real('Erf'),
  Elu: real('Elu', { alpha: { float: 1 } }),
  Selu: real('Selu', { alpha: { float: 1.6732632423543772 }, gamma: { float: 1.0507009873554805 } }),
  Sin: real('Sin'),
  Cos: real('Cos'),
  Tan: real('Tan'),
  Asin: real('Asin'),
  Acos: real('Acos'),
  Atan: real('Atan'),
  Sinh: real('Sinh'),
  Cosh: real('Cosh'),
  Rsqrt: formula((graph, x) => graph.elementwise('Reciprocal', [graph.elementwise('Sqrt', [x])])),
  Log1p: formula((graph, x) => graph.elementwise('Log', [binary(graph, 'Add', x, graph.scalar(1))])),
  Expm1: formula((graph, x) => binary(graph, 'Sub', graph.elementwise('Exp', [x]), graph.scalar(1))),
  Square: ({ graph, inputs: { x } }) => binary(graph, 'Mul', x!, x!),
  Relu6: formula((graph, x) => clip(graph, x, 0, 6)),
  IsNan: ({ graph, inputs: { x } }) => graph.elementwise('IsNaN', [graph.cast(x!, 'float32')], 'bool'),
  IsInf: ({ graph, inputs: { x } }) => graph.elementwise('IsInf', [graph.cast(x!, 'float32')], 'bool'),
  IsFinite: ({ graph, inputs: { x } }) => {
    const value = graph.cast(x!, 'float32');
    // x - x is zero exactly when x is finite.
    return graph.elementwise('Equal', [binary(graph, 'Sub', value, value), graph.scalar(0)], 'bool');
  },
  LogicalNot: ({ graph, inputs: { x } }) => graph.elementwise('Not', [graph.cast(x!, 'bool')], 'bool'),
  LeakyRelu: (call) =>
    call.graph.elementwise('LeakyRelu', [call.graph.cast(call.inputs.x!, 'float32')], 'float32', {
      alpha: { float: attributesOf<{ alpha: number }>(call).alpha },
    }),
  ClipByValue: (call) => {
    const { clipValueMin, clipValueMax } = attributesOf<{ clipValueMin: number; clipValueMax: number }>(call);
    return clip(call.graph, call.inputs.x!, clipValueMin, clipValueMax);
  },
  Cast: (call) => {
    const { graph, inputs } = call;
    const { dtype } = attributesOf<{ dtype: 'float32' | 'int32' | 'bool' }>(call);
    return graph.cast(inputs.x!, dtype);
  },
  Step: step,
  EluGrad: eluGradient,
};
