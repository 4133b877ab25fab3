import type { GraphValue } from '../types.js';

/** A value and the permutation that another reads it by. */
export interface TransposedView {
  readonly base: GraphValue;
  readonly permutation: readonly number[];
}

/** What a transpose reads, and its permutation; nothing for a value that no transpose gives. */
export function transposed(value: GraphValue): TransposedView | undefined {
  const node = value.node;
  if (node?.op !== 'Transpose' || node.inputs[0] === undefined) return undefined;
  return { base: node.inputs[0], permutation: node.attributes.perm as readonly number[] };
}
