import type { NodeStore } from '../node-store.js';
import { broadcastShape, sameShape } from '../shapes.js';
import type { GraphValue } from '../types.js';
import { beforeBroadcast } from './before-broadcast.js';

/** The inputs of an operation that broadcasts to `shape` itself, without the broadcasts that it does not need. */
export function withoutBroadcasts(
  store: NodeStore,
  inputs: readonly GraphValue[],
  shape: readonly number[],
): GraphValue[] {
  const slim = [...inputs];
  for (const [index, value] of inputs.entries()) {
    const smaller = beforeBroadcast(store, value);
    if (smaller === undefined) continue;
    const others = slim.map((other, position) => (position === index ? smaller.shape : other.shape));
    if (sameShape(broadcastShape(others), shape)) slim[index] = smaller;
  }
  return slim;
}
