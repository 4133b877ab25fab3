import type { GraphNode, GraphValue } from './types.js';

/** The nodes that the outputs depend on, in their old order, and the values without a node that those read. */
export function prune(
  nodes: readonly GraphNode[],
  outputs: readonly GraphValue[],
): { nodes: GraphNode[]; leaves: Set<GraphValue> } {
  const needed = new Set<GraphValue>(outputs);
  const kept: GraphNode[] = [];
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index];
    if (!node!.outputs.some((value) => needed.has(value))) continue;
    kept.push(node!);
    for (const input of node!.inputs) if (input !== undefined) needed.add(input);
  }
  const leaves = new Set([...needed].filter((value) => value.node === undefined));
  return { nodes: kept.reverse(), leaves };
}
