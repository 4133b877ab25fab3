import type { NodeStore } from '../node-store.js';
import type { ElementType, GraphValue } from '../types.js';
import { reshape } from './reshape.js';
import { transpose } from './transpose.js';
import { transposed } from './transposed.js';

/** A reduction that is to be added to a graph. */
export interface Reduction {
  /** The operation, one that takes its axes as an input. */
  readonly op: string;
  readonly axes: readonly number[];
  readonly keepDims: boolean;
  readonly dtype: ElementType;
}

/** Reduces some axes; a transpose of the value is one of the (smaller) result instead. */
export function reduce(store: NodeStore, value: GraphValue, reduction: Reduction): GraphValue {
  const { op, axes, keepDims, dtype } = reduction;
  const kept = value.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  const shape = kept.filter((_, axis) => !axes.includes(axis));
  const view = transposed(value);
  // In the untransposed layout all axes are kept first, so that the order of the remaining ones is restored by a
  // transpose of the (small) result.
  const base = view?.base ?? value;
  const baseAxes = view === undefined ? axes : axes.map((axis) => view.permutation[axis]);
  // Axes of extent one are reduced with the others: ONNX Runtime is slow where one of them is all that is left inside.
  const order = base.shape
    .map((_, axis) => axis)
    .filter((axis) => baseAxes.includes(axis) || base.shape[axis] === 1);
  const baseShape = base.shape.map((extent, axis) => (order.includes(axis) ? 1 : extent));
  let result =
    axes.length === 0 ? value : store.node(op, [base, store.list(order)], baseShape, dtype, { keepdims: 1 });
  if (view !== undefined && axes.length > 0) result = transpose(store, result, view.permutation);
  return reshape(store, result, keepDims ? kept : shape);
}
