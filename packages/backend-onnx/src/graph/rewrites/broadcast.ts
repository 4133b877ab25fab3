import type { NodeStore } from '../node-store.js';
import { sameShape } from '../shapes.js';
import type { GraphValue } from '../types.js';

/** Repeats axes of extent one until the shape is reached. */
export function broadcast(store: NodeStore, value: GraphValue, shape: readonly number[]): GraphValue {
  if (sameShape(value.shape, shape)) return value;
  return store.node('Expand', [value, store.list(shape)], shape, value.dtype);
}
