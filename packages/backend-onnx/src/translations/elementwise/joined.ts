import type { GraphBuilder } from '../../graph/graph-builder.js';
import { sameShape } from '../../graph/shapes.js';
import type { GraphValue } from '../../graph/types.js';
import { concatenate } from '../shapes.js';

/**
 * The sum of two values that zeros pad along one axis so that they lie side by side, as gradients of slices do: their
 * concatenation. Gives nothing for other values.
 */
export function joined(graph: GraphBuilder, a: GraphValue, b: GraphValue): GraphValue | undefined {
  const [left, right] = [padded(a), padded(b)];
  if (left === undefined || right === undefined || left.axis !== right.axis) return undefined;
  if (!sameShape(a.shape, b.shape)) return undefined;
  const { axis } = left;
  const [first, second] = left.before < right.before ? [left, right] : [right, left];
  const extent = first.base.shape[axis];
  const exact =
    first.before === 0 &&
    second.before === extent &&
    second.after === 0 &&
    first.after === second.base.shape[axis];
  return exact ? concatenate(graph, [first.base, second.base], axis) : undefined;
}

interface Padded {
  readonly base: GraphValue;
  readonly axis: number;
  readonly before: number;
  readonly after: number;
}

function padded(value: GraphValue): Padded | undefined {
  const node = value.node;
  const [base, widths, fill] = node?.inputs ?? [];
  if (node?.op !== 'Pad' || node.attributes.mode !== 'constant' || base === undefined) return undefined;
  if (widths?.constant === undefined || fill?.uniform !== 0) return undefined;
  const rank = base.shape.length;
  const width = (index: number): number => Number(widths.constant?.[index]);
  const axes = base.shape
    .map((_, axis) => axis)
    .filter((axis) => width(axis) !== 0 || width(axis + rank) !== 0);
  const [axis] = axes;
  return axes.length === 1
    ? { base, axis: axis!, before: width(axis!), after: width(axis! + rank) }
    : undefined;
}
