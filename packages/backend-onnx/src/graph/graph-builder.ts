import { NodeStore } from './node-store.js';
import { broadcast } from './rewrites/broadcast.js';
import { elementwise } from './rewrites/elementwise.js';
import { reduce } from './rewrites/reduce.js';
import { reshape } from './rewrites/reshape.js';
import { transpose } from './rewrites/transpose.js';
import type { ElementType, GraphValue, NodeAttributes } from './types.js';

/**
 * Collects the nodes of one graph, in an order that is already topological, and rewrites them on the way in: equal
 * nodes become one, transposes travel towards the outputs until they meet their inverse, and broadcasts and uniform
 * constants are left to the operation that consumes them.
 */
export class GraphBuilder extends NodeStore {
  /** Gives a value another shape of the same size. */
  reshape(value: GraphValue, shape: readonly number[]): GraphValue {
    return reshape(this, value, shape);
  }

  /** Reorders axes; output axis `i` is input axis `permutation[i]`. */
  transpose(value: GraphValue, permutation: readonly number[]): GraphValue {
    return transpose(this, value, permutation);
  }

  /** Repeats axes of extent one until the shape is reached. */
  broadcast(value: GraphValue, shape: readonly number[]): GraphValue {
    return broadcast(this, value, shape);
  }

  /** Converts between element types. */
  cast(value: GraphValue, dtype: ElementType): GraphValue {
    if (value.dtype === dtype) return value;
    const codes = { float32: 1, int32: 6, int64: 7, bool: 9 };
    return this.elementwise('Cast', [value], dtype, { to: codes[dtype] });
  }

  /**
   * Adds an operation that works element by element with broadcasting. Transposes of its inputs move behind it;
   * broadcasts that it does itself are left out.
   */
  elementwise(
    op: string,
    inputs: readonly GraphValue[],
    dtype: ElementType = 'float32',
    attributes: NodeAttributes = {},
  ): GraphValue {
    return elementwise(this, inputs, { op, dtype, attributes });
  }

  /** Reduces some axes by an operation that takes its axes as an input. */
  reduce(
    op: string,
    value: GraphValue,
    axes: readonly number[],
    keepDims: boolean,
    dtype: ElementType = value.dtype,
  ): GraphValue {
    return reduce(this, value, { op, axes, keepDims, dtype });
  }
}
