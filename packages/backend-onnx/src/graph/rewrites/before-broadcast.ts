import type { NodeStore } from '../node-store.js';
import type { GraphValue } from '../types.js';

/** The smaller value that a broadcast or a uniform constant repeats, if a value is one. */
export function beforeBroadcast(store: NodeStore, value: GraphValue): GraphValue | undefined {
  if (value.uniform !== undefined && value.shape.length > 0) return store.scalar(value.uniform, value.dtype);
  if (value.node?.op === 'Expand') return value.node.inputs[0];
  return undefined;
}
