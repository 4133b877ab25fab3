import type { GraphBuilder } from '../../graph/graph-builder.js';
import { broadcastShape, sameShape } from '../../graph/shapes.js';
import type { ElementType, GraphValue } from '../../graph/types.js';
import { withBias } from '../convolution/bias.js';
import type { KernelCall, Translation, TranslationTable } from '../translation.js';
import { joined } from './joined.js';

// x + 0, x - 0, x * 1 and x / 1 are x; gradients produce many of them. Negative zero is no neutral element of a sum's
// inputs that matters here: -0 + 0 is 0, and both are equal.
const NEUTRAL: Readonly<Record<string, { element: number; left: boolean }>> = {
  Add: { element: 0, left: true },
  Sub: { element: 0, left: false },
  Mul: { element: 1, left: true },
  Div: { element: 1, left: false },
};

/** Adds an arithmetic operation on two values of one type. */
export function binary(graph: GraphBuilder, op: string, a: GraphValue, b: GraphValue): GraphValue {
  const neutral = NEUTRAL[op];
  if (neutral !== undefined && a.dtype === b.dtype) {
    const shape = broadcastShape([a.shape, b.shape]);
    if (b.uniform === neutral.element) return graph.broadcast(a, shape);
    if (neutral.left && a.uniform === neutral.element) return graph.broadcast(b, shape);
  }
  if (op === 'Add') {
    const fused = withBias(graph, a, b) ?? withBias(graph, b, a) ?? joined(graph, a, b);
    if (fused !== undefined) return fused;
    if (negated(b) !== undefined) return binary(graph, 'Sub', a, negated(b) as GraphValue);
    if (negated(a) !== undefined) return binary(graph, 'Sub', b, negated(a) as GraphValue);
    // The same to every reader but ONNX Runtime, which lets a matrix product start from the other term of a 'Sum'.
    if (isProduct(a) || isProduct(b)) return graph.elementwise('Sum', [a, b], a.dtype);
  }
  if (op === 'Sub' && negated(b) !== undefined) return binary(graph, 'Add', a, negated(b) as GraphValue);
  return graph.elementwise(op, [a, b], a.dtype);
}

function isProduct(value: GraphValue): boolean {
  return value.node?.op === 'Gemm';
}

/** The value of which this one is the negative. */
function negated(value: GraphValue): GraphValue | undefined {
  return value.node?.op === 'Neg' ? value.node.inputs[0] : undefined;
}

function arithmetic(op: string): Translation {
  return ({ graph, inputs: { a, b } }) => binary(graph, op, ...numeric(graph, a!, b!));
}

/** Both values in one type that ONNX can calculate with: booleans become integers. */
function numeric(graph: GraphBuilder, a: GraphValue, b: GraphValue): [GraphValue, GraphValue] {
  const dtype: ElementType = a.dtype === 'float32' || b.dtype === 'float32' ? 'float32' : 'int32';
  return [graph.cast(a, dtype), graph.cast(b, dtype)];
}

function comparison(op: string, negated = false): Translation {
  return ({ graph, inputs: { a, b } }) => {
    const result = graph.elementwise(op, numeric(graph, a!, b!), 'bool');
    return negated ? graph.elementwise('Not', [result], 'bool') : result;
  };
}

function logical(op: string): Translation {
  return ({ graph, inputs: { a, b } }) =>
    graph.elementwise(op, [graph.cast(a!, 'bool'), graph.cast(b!, 'bool')], 'bool');
}

function floorDivide({ graph, inputs: { a, b } }: KernelCall): GraphValue {
  const [left, right] = [graph.cast(a!, 'float32'), graph.cast(b!, 'float32')];
  const quotient = graph.elementwise('Floor', [binary(graph, 'Div', left, right)]);
  return graph.cast(quotient, a!.dtype === 'float32' ? 'float32' : 'int32');
}

/** The remainder with the divisor's sign: a - floor(a / b) b. */
function modulo({ graph, inputs: { a, b } }: KernelCall): GraphValue {
  const [left, right] = numeric(graph, a!, b!);
  if (left.dtype === 'int32') return graph.elementwise('Mod', [left, right], 'int32');
  const remainder = graph.elementwise('Mod', [left, right], 'float32', { fmod: 1 });
  return graph.elementwise('Mod', [binary(graph, 'Add', remainder, right), right], 'float32', { fmod: 1 });
}

function select({ graph, inputs: { condition, t, e } }: KernelCall): GraphValue {
  const test = graph.cast(condition!, 'bool');
  if (t!.dtype !== 'bool') return graph.elementwise('Where', [test, t!, e!], t!.dtype);
  const chosen = graph.elementwise(
    'Where',
    [test, graph.cast(t!, 'int32'), graph.cast(e!, 'int32')],
    'int32',
  );
  return graph.cast(chosen, 'bool');
}

function addN({ graph, inputs }: KernelCall): GraphValue {
  const [first, ...rest] = Object.values(inputs);
  return rest.reduce((sum, value) => binary(graph, 'Add', sum!, value), first!);
}

function prelu({ graph, inputs: { x, alpha } }: KernelCall): GraphValue {
  const positive = graph.elementwise('Relu', [x!]);
  const negative = graph.elementwise('Min', [x!, graph.scalar(0)]);
  const shape = broadcastShape([x!.shape, alpha!.shape]);
  const sum = binary(graph, 'Add', positive, binary(graph, 'Mul', alpha!, negative));
  return sameShape(sum.shape, shape) ? sum : graph.broadcast(sum, shape);
}

/** Functions of two tensors with broadcasting, and their relatives of three and more. */
export const binaryTranslations: TranslationTable = {
  Add: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Multiply: arithmetic('Mul'),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  Pow: arithmetic('Pow'),
  RealDiv: ({ graph, inputs: { a, b } }) =>
    binary(graph, 'Div', graph.cast(a!, 'float32'), graph.cast(b!, 'float32')),
  SquaredDifference: ({ graph, inputs: { a, b } }) => {
    const difference = binary(graph, 'Sub', ...numeric(graph, a!, b!));
    return binary(graph, 'Mul', difference, difference);
  },
  FloorDiv: floorDivide,
  Mod: modulo,
  Equal: comparison('Equal'),
  NotEqual: comparison('Equal', true),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: logical('And'),
  LogicalOr: logical('Or'),
  Select: select,
  AddN: addN,
  Prelu: prelu,
};
