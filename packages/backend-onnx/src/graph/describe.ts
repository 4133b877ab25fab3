import type { AttributeValue, GraphNode, GraphValue, NodeAttributes } from './types.js';

/** A value by name, type and shape. */
export function describeValue(value: GraphValue): string {
  return `${value.name}:${value.dtype}[${value.shape.join()}]`;
}

/** A node in plain data: equal for nodes that compute the same from values of the same names. */
export function describeNode(node: GraphNode): unknown {
  return [
    node.domain,
    node.op,
    describeAttributes(node.attributes),
    node.inputs.map((value) => value?.name),
    node.outputs.map(describeValue),
  ];
}

/** Attributes in plain data. */
export function describeAttributes(attributes: NodeAttributes): unknown {
  return Object.entries(attributes).map(([name, value]) => [name, describeAttribute(value)]);
}

function describeAttribute(value: AttributeValue): unknown {
  if (typeof value !== 'object' || !('body' in value)) return value;
  const { nodes, initializers } = value.body;
  return [nodes.map(describeNode), initializers.map((item) => [item.name, String(item.constant)])];
}
