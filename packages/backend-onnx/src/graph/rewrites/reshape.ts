import type { NodeStore } from '../node-store.js';
import { sameShape } from '../shapes.js';
import type { GraphValue } from '../types.js';

/** Gives a value another shape of the same size; of two reshapes in a row only the last is kept. */
export function reshape(store: NodeStore, value: GraphValue, shape: readonly number[]): GraphValue {
  if (sameShape(value.shape, shape)) return value;
  if (value.constant !== undefined) return store.constant(value.constant, shape, value.dtype);
  const node = value.node;
  if (node?.op === 'Reshape' && node.inputs[0] !== undefined) return reshape(store, node.inputs[0], shape);
  return store.node('Reshape', [value, store.list(shape)], shape, value.dtype);
}
