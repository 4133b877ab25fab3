import type { NodeStore } from '../node-store.js';
import { keepsMemoryOrder, permuteShape } from '../shapes.js';
import type { GraphValue } from '../types.js';
import { reshape } from './reshape.js';
import { transposed } from './transposed.js';

/** Reorders axes; two transposes in a row become one, and one that moves no number becomes a reshape. */
export function transpose(store: NodeStore, value: GraphValue, permutation: readonly number[]): GraphValue {
  if (permutation.every((axis, index) => axis === index)) return value;
  const shape = permuteShape(value.shape, permutation);
  if (keepsMemoryOrder(value.shape, permutation)) return reshape(store, value, shape);
  const inner = transposed(value);
  if (inner !== undefined) {
    return transpose(
      store,
      inner.base,
      permutation.map((axis) => inner.permutation[axis]!),
    );
  }
  return store.node('Transpose', [value], shape, value.dtype, { perm: permutation });
}
