import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../graph/graph-builder.js';
import { broadcastShape } from '../graph/shapes.js';
import type { GraphValue } from '../graph/types.js';
import { attributesOf } from './attributes.js';
import { applyActivation, type ActivationAttributes } from './elementwise/activation.js';
import { binary } from './elementwise/binary.js';
import type { KernelCall, TranslationTable } from './translation.js';

/** Which factors of a product are transposed. */
export interface ProductAttributes {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** A product of (batches of) matrices, each transposed first where asked. */
export function product(
  graph: GraphBuilder,
  a: GraphValue,
  b: GraphValue,
  { transposeA = false, transposeB = false }: ProductAttributes = {},
): GraphValue {
  const [left, leftFlipped] = unflip(a, transposeA);
  const [right, rightFlipped] = unflip(b, transposeB);
  const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)]!;
  const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)]!;
  const shape = [...broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]), rows!, columns!];
  const attributes = { transA: Number(leftFlipped), transB: Number(rightFlipped) };
  if (shape.length === 2) return graph.node('Gemm', [left, right], shape, 'float32', attributes);
  return graph.node('FusedMatMul', [left, right], shape, 'float32', attributes, 'com.microsoft');
}

/** Takes a transpose of the last two axes into the product's own flag. */
function unflip(value: GraphValue, flipped: boolean): [GraphValue, boolean] {
  const node = value.node;
  const rank = value.shape.length;
  if (node?.op !== 'Transpose' || node.inputs[0] === undefined) return [value, flipped];
  const permutation = node.attributes.perm as readonly number[];
  const swapsLastTwo = permutation.every((axis, index) => {
    if (index === rank - 1) return axis === rank - 2;
    return index === rank - 2 ? axis === rank - 1 : axis === index;
  });
  return swapsLastTwo ? [node.inputs[0], !flipped] : [value, flipped];
}

function batchMatMul(call: KernelCall): GraphValue {
  return product(call.graph, call.inputs.a!, call.inputs.b!, attributesOf<ProductAttributes>(call));
}

function fusedMatMul(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  let result = batchMatMul(call);
  if (inputs.bias !== undefined) result = binary(graph, 'Add', result, inputs.bias);
  return applyActivation(
    graph,
    result,
    attributesOf<ActivationAttributes>(call),
    inputs.preluActivationWeights,
  );
}

/** Einstein sums go to ONNX as they are. */
function einsum(call: KernelCall): GraphValue {
  const { equation } = attributesOf<{ equation: string }>(call);
  const operands = Object.values(call.inputs);
  const { allDims, idDims } = tf.backend_util.decodeEinsumEquation(equation, operands.length);
  const extents = new Map<number, number>();
  for (const [index, operand] of operands.entries()) {
    for (const [axis, dimension] of idDims[index]!.entries()) extents.set(dimension, operand.shape[axis]!);
  }
  const letters = equation.slice(equation.indexOf('->') + 2).replaceAll(/\s/g, '');
  const shape = Array.from(letters, (letter) => extents.get(allDims.indexOf(letter)) ?? 1);
  return call.graph.node('Einsum', operands, shape, 'float32', { equation });
}

/** Matrix products. */
export const productTranslations: TranslationTable = {
  BatchMatMul: batchMatMul,
  _FusedMatMul: fusedMatMul,
  Einsum: einsum,
};
