import type { NodeStore } from '../node-store.js';
import { sizeOf } from '../shapes.js';
import type { GraphValue } from '../types.js';
import type { ElementwiseOperation } from './elementwise-operation.js';
import { reshape } from './reshape.js';

/** Adds an operation by element without the axes along which its result, of `shape`, has extent one. */
export function squeezed(
  store: NodeStore,
  inputs: readonly GraphValue[],
  shape: readonly number[],
  { op, dtype, attributes }: ElementwiseOperation,
): GraphValue {
  const kept = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== 1);
  const short = kept.map((axis) => shape[axis]!);
  const parts = inputs.map((value) => squeeze(store, value, shape.length, kept));
  return reshape(store, store.node(op, parts, short, dtype, attributes), shape);
}

/** A value that broadcasts to some rank, with those of its axes that are kept. */
function squeeze(store: NodeStore, value: GraphValue, rank: number, kept: readonly number[]): GraphValue {
  if (sizeOf(value.shape) === 1) return reshape(store, value, []);
  const offset = rank - value.shape.length;
  const present = kept.filter((axis) => axis >= offset);
  return reshape(
    store,
    value,
    present.map((axis) => value.shape[axis - offset]!),
  );
}
