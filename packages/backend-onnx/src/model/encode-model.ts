import type { AttributeValue, ElementType, GraphNode, GraphValue, Subgraph } from '../graph/types.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** What {@link encodeModel} writes down: nodes in topological order, what is fed and read, and small constants. */
export interface ModelParts extends Subgraph {
  /** Leave the inputs' extents open, so that one session serves all shapes of the same rank. */
  readonly openShapes?: boolean;
}

// Versions that ONNX Runtime 1.18 and later read; opset 18 takes the axes of every reduction as an input.
const IR_VERSION = 9;
const OPSET = 18;
const ELEMENT_CODES: Readonly<Record<ElementType, number>> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** Encodes a graph as the bytes of an ONNX `ModelProto`. */
export function encodeModel(parts: ModelParts): Uint8Array {
  const graph = encodeGraph('step', parts, parts.openShapes ?? false);
  return new ProtobufWriter()
    .integer(1, IR_VERSION)
    .string(2, 'crossmodal')
    .bytes(7, graph)
    .bytes(8, new ProtobufWriter().string(1, '').integer(2, OPSET))
    .bytes(8, new ProtobufWriter().string(1, 'com.microsoft').integer(2, 1))
    .finish();
}

function encodeGraph(name: string, parts: Subgraph, openShapes: boolean): ProtobufWriter {
  const graph = new ProtobufWriter().string(2, name);
  for (const [index, node] of parts.nodes.entries()) graph.bytes(1, encodeNode(node, index));
  for (const value of parts.initializers) graph.bytes(5, encodeTensor(value));
  for (const value of parts.inputs) graph.bytes(11, encodeValueInfo(value, openShapes));
  for (const value of parts.outputs) graph.bytes(12, encodeValueInfo(value, openShapes));
  return graph;
}

function encodeNode(node: GraphNode, index: number): ProtobufWriter {
  const writer = new ProtobufWriter();
  for (const input of node.inputs) writer.string(1, input === undefined ? '' : input.name);
  for (const output of node.outputs) writer.string(2, output.name);
  writer.string(3, `${node.op}_${index}`).string(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) writer.bytes(5, encodeAttribute(name, value));
  if (node.domain !== '') writer.string(7, node.domain);
  return writer;
}

function encodeAttribute(name: string, value: AttributeValue): ProtobufWriter {
  const writer = new ProtobufWriter().string(1, name);
  if (typeof value === 'string') return writer.bytes(4, new TextEncoder().encode(value)).integer(20, 3);
  if (typeof value === 'number') return writer.integer(3, value).integer(20, 2);
  if ('float' in value) return writer.float(2, value.float).integer(20, 1);
  if ('body' in value) return writer.bytes(6, encodeGraph('body', value.body, false)).integer(20, 5);
  for (const item of value) writer.integer(8, item);
  return writer.integer(20, 7);
}

function encodeTensor(value: GraphValue): ProtobufWriter {
  const constant = value.constant;
  if (constant === undefined) throw new TypeError(`${value.name} is not a constant`);
  const writer = new ProtobufWriter();
  for (const extent of value.shape) writer.integer(1, extent);
  return writer
    .integer(2, ELEMENT_CODES[value.dtype])
    .string(8, value.name)
    .bytes(9, new Uint8Array(constant.buffer, constant.byteOffset, constant.byteLength));
}

function encodeValueInfo(value: GraphValue, openShape: boolean): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const extent of value.shape) {
    shape.bytes(1, openShape ? new ProtobufWriter() : new ProtobufWriter().integer(1, extent));
  }
  const tensor = new ProtobufWriter().integer(1, ELEMENT_CODES[value.dtype]).bytes(2, shape);
  return new ProtobufWriter().string(1, value.name).bytes(2, new ProtobufWriter().bytes(1, tensor));
}
