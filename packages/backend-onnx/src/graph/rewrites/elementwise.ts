import type { NodeStore } from '../node-store.js';
import { broadcastShape, inversePermutation, sameShape, sizeOf } from '../shapes.js';
import type { GraphValue } from '../types.js';
import { beforeBroadcast } from './before-broadcast.js';
import { broadcast } from './broadcast.js';
import type { ElementwiseOperation } from './elementwise-operation.js';
import { reshape } from './reshape.js';
import { reshapedBroadcast } from './reshaped-broadcast.js';
import { squeezed } from './squeezed.js';
import { transpose } from './transpose.js';
import { transposed, type TransposedView } from './transposed.js';
import { withoutBroadcasts } from './without-broadcasts.js';

/**
 * Adds an operation that works element by element with broadcasting. Transposes of its inputs move behind it;
 * broadcasts that it does itself are left out.
 */
export function elementwise(
  store: NodeStore,
  inputs: readonly GraphValue[],
  operation: ElementwiseOperation,
): GraphValue {
  const shape = broadcastShape(inputs.map((value) => value.shape));
  const narrow = inputs.map((value) => beforeBroadcast(store, value) ?? value);
  const least = broadcastShape(narrow.map((value) => value.shape));
  // All inputs repeat the same numbers along some axis: the result does too.
  if (sizeOf(least) < sizeOf(shape)) return broadcast(store, elementwise(store, narrow, operation), shape);
  const slim = withoutBroadcasts(store, inputs, shape);
  const lead = slim.find((value) => transposed(value) !== undefined && sameShape(value.shape, shape));
  const view = lead === undefined ? undefined : transposed(lead);
  if (view !== undefined) return untransposed(store, slim, shape, operation, view);
  // ONNX Runtime broadcasts element by element where the last axis has extent one.
  const slow = shape.at(-1) === 1 && slim.some((value) => !sameShape(value.shape, shape));
  return slow ? squeezed(store, slim, shape, operation) : unfolded(store, slim, shape, operation);
}

/** Adds the operation to what a transpose of one input reads, and the transpose behind it. */
function untransposed(
  store: NodeStore,
  inputs: readonly GraphValue[],
  shape: readonly number[],
  operation: ElementwiseOperation,
  view: TransposedView,
): GraphValue {
  const back = inversePermutation(view.permutation);
  const bases = inputs.map((value) =>
    sizeOf(value.shape) === 1 ? value : aligned(store, value, shape.length, back),
  );
  const base = unfolded(store, bases, view.base.shape, operation);
  return transpose(store, base, view.permutation);
}

/** Adds an operation by element; where a broadcast in another shape feeds it, in that shape, so that it broadcasts itself. */
function unfolded(
  store: NodeStore,
  inputs: readonly GraphValue[],
  shape: readonly number[],
  operation: ElementwiseOperation,
): GraphValue {
  const whole = inputs.filter((value) => sizeOf(value.shape) > 1);
  const wide = whole.map(reshapedBroadcast).find((value) => value !== undefined);
  if (wide === undefined || !whole.every((value) => sameShape(value.shape, shape)))
    return store.node(operation.op, inputs, shape, operation.dtype, operation.attributes);
  const parts = inputs.map((value) => reshape(store, value, sizeOf(value.shape) > 1 ? wide.shape : []));
  return reshape(store, elementwise(store, parts, operation), shape);
}

function aligned(
  store: NodeStore,
  value: GraphValue,
  rank: number,
  permutation: readonly number[],
): GraphValue {
  const padded = [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  return transpose(store, reshape(store, value, padded), permutation);
}
