import { toElementArray, uniformValue } from './constants.js';
import { describeAttributes } from './describe.js';
import {
  broadcastShape,
  inversePermutation,
  keepsMemoryOrder,
  permuteShape,
  sameShape,
  sizeOf,
} from './shapes.js';
import type { ElementArray, ElementType, GraphNode, GraphValue, NodeAttributes } from './types.js';

/** What one output of a node looks like. */
export interface OutputSpec {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/**
 * Collects the nodes of one graph, in an order that is already topological, and rewrites them on the way in: equal
 * nodes become one, transposes travel towards the outputs until they meet their inverse, and broadcasts and uniform
 * constants are left to the operation that consumes them.
 */
export class GraphBuilder {
  /** Nodes so far, in topological order. */
  readonly nodes: GraphNode[] = [];
  /** Constants so far, in order of first use. */
  readonly constants: GraphValue[] = [];
  private readonly known = new Map<string, readonly GraphValue[]>();
  private readonly arrays = new Map<ElementArray, GraphValue[]>();
  private readonly uniforms = new WeakMap<ElementArray, number | undefined>();
  private counter = 0;

  /** Names start with the prefix; graphs inside a node need one, since they see the names around them. */
  constructor(private readonly prefix = '') {}

  /** A value that is fed on every run. */
  input(shape: readonly number[], dtype: ElementType, prefix = 'input'): GraphValue {
    return { name: this.name(prefix), shape, dtype };
  }

  /** A constant; the array must not change afterwards. */
  constant(values: ElementArray, shape: readonly number[], dtype: ElementType): GraphValue {
    const same = this.arrays.get(values) ?? [];
    const found = same.find((value) => value.dtype === dtype && sameShape(value.shape, shape));
    if (found !== undefined) return found;
    const uniform = this.uniformOf(values);
    const value: GraphValue = {
      name: this.name('constant'),
      shape,
      dtype,
      constant: values,
      ...(uniform === undefined ? {} : { uniform }),
    };
    this.arrays.set(values, [...same, value]);
    this.constants.push(value);
    return value;
  }

  /** The number that all elements of a constant equal, if there is one. */
  uniformOf(values: ElementArray): number | undefined {
    if (!this.uniforms.has(values)) this.uniforms.set(values, uniformValue(values));
    return this.uniforms.get(values);
  }

  /** Spares the search for the number that all elements equal. */
  knownUniform(values: ElementArray, element: number): void {
    this.uniforms.set(values, element);
  }

  /** A constant of rank 0. */
  scalar(value: number, dtype: ElementType = 'float32'): GraphValue {
    return this.list([value], dtype, []);
  }

  /** A small constant, shared between all users of the same numbers; by default a list of 64-bit integers. */
  list(
    values: readonly number[],
    dtype: ElementType = 'int64',
    shape: readonly number[] = [values.length],
  ): GraphValue {
    const key = `list|${dtype}|${shape.join()}|${values.map((value) => (Object.is(value, -0) ? '-0' : value)).join()}`;
    const found = this.known.get(key);
    if (found !== undefined) return found[0]!;
    const value = this.constant(toElementArray(values, dtype), shape, dtype);
    this.known.set(key, [value]);
    return value;
  }

  /** Adds a node exactly as asked, or finds the equal one that is already there. */
  nodeOutputs(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    outputs: readonly OutputSpec[],
    attributes: NodeAttributes = {},
    domain = '',
  ): readonly GraphValue[] {
    const key = `${domain}:${op}|${inputs.map((value) => value?.name ?? '').join()}|${JSON.stringify(describeAttributes(attributes))}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made: GraphValue[] = [];
    const node: GraphNode = { op, domain, inputs, attributes, outputs: made };
    for (const { shape, dtype } of outputs) made.push({ name: this.name(op), shape, dtype, node });
    this.nodes.push(node);
    this.known.set(key, made);
    return made;
  }

  /** Adds a node with one output. */
  node(
    op: string,
    inputs: readonly (GraphValue | undefined)[],
    shape: readonly number[],
    dtype: ElementType = 'float32',
    attributes: NodeAttributes = {},
    domain = '',
  ): GraphValue {
    return this.nodeOutputs(op, inputs, [{ shape, dtype }], attributes, domain)[0]!;
  }

  /** A value of its own with the same numbers, for a graph output. */
  copy(value: GraphValue): GraphValue {
    const made: GraphValue[] = [];
    const node: GraphNode = { op: 'Identity', domain: '', inputs: [value], attributes: {}, outputs: made };
    made.push({ name: this.name('copy'), shape: value.shape, dtype: value.dtype, node });
    this.nodes.push(node);
    return made[0]!;
  }

  /** Gives a value another shape of the same size. */
  reshape(value: GraphValue, shape: readonly number[]): GraphValue {
    if (sameShape(value.shape, shape)) return value;
    if (value.constant !== undefined) return this.constant(value.constant, shape, value.dtype);
    const node = value.node;
    if (node?.op === 'Reshape' && node.inputs[0] !== undefined) return this.reshape(node.inputs[0], shape);
    return this.node('Reshape', [value, this.list(shape)], shape, value.dtype);
  }

  /** Reorders axes; output axis `i` is input axis `permutation[i]`. */
  transpose(value: GraphValue, permutation: readonly number[]): GraphValue {
    if (permutation.every((axis, index) => axis === index)) return value;
    const shape = permuteShape(value.shape, permutation);
    if (keepsMemoryOrder(value.shape, permutation)) return this.reshape(value, shape);
    const inner = transposed(value);
    if (inner !== undefined) {
      return this.transpose(
        inner.base,
        permutation.map((axis) => inner.permutation[axis]!),
      );
    }
    return this.node('Transpose', [value], shape, value.dtype, { perm: permutation });
  }

  /** Repeats axes of extent one until the shape is reached. */
  broadcast(value: GraphValue, shape: readonly number[]): GraphValue {
    if (sameShape(value.shape, shape)) return value;
    return this.node('Expand', [value, this.list(shape)], shape, value.dtype);
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
    const shape = broadcastShape(inputs.map((value) => value.shape));
    const narrow = inputs.map((value) => this.smaller(value) ?? value);
    const least = broadcastShape(narrow.map((value) => value.shape));
    // All inputs repeat the same numbers along some axis: the result does too.
    if (sizeOf(least) < sizeOf(shape))
      return this.broadcast(this.elementwise(op, narrow, dtype, attributes), shape);
    const slim = this.withoutBroadcasts(inputs, shape);
    const lead = slim.find((value) => transposed(value) !== undefined && sameShape(value.shape, shape));
    const view = lead === undefined ? undefined : transposed(lead);
    if (view === undefined) {
      // ONNX Runtime broadcasts element by element where the last axis has extent one.
      const slow = shape.at(-1) === 1 && slim.some((value) => !sameShape(value.shape, shape));
      if (!slow) return this.unfolded(op, slim, shape, dtype, attributes);
      const kept = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== 1);
      const squeezed = slim.map((value) => this.squeezed(value, shape.length, kept));
      const short = kept.map((axis) => shape[axis]!);
      return this.reshape(this.node(op, squeezed, short, dtype, attributes), shape);
    }
    const back = inversePermutation(view.permutation);
    const bases = slim.map((value) =>
      sizeOf(value.shape) === 1 ? value : this.aligned(value, shape.length, back),
    );
    const base = this.unfolded(op, bases, view.base.shape, dtype, attributes);
    return this.transpose(base, view.permutation);
  }

  /** Reduces some axes by an operation that takes its axes as an input. */
  reduce(
    op: string,
    value: GraphValue,
    axes: readonly number[],
    keepDims: boolean,
    dtype: ElementType = value.dtype,
  ): GraphValue {
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
      axes.length === 0 ? value : this.node(op, [base, this.list(order)], baseShape, dtype, { keepdims: 1 });
    if (view !== undefined && axes.length > 0) result = this.transpose(result, view.permutation);
    return this.reshape(result, keepDims ? kept : shape);
  }

  /** Adds an operation by element; where a broadcast in another shape feeds it, in that shape, so that it broadcasts itself. */
  private unfolded(
    op: string,
    inputs: readonly GraphValue[],
    shape: readonly number[],
    dtype: ElementType,
    attributes: NodeAttributes,
  ): GraphValue {
    const whole = inputs.filter((value) => sizeOf(value.shape) > 1);
    const wide = whole.map(reshapedBroadcast).find((value) => value !== undefined);
    if (wide === undefined || !whole.every((value) => sameShape(value.shape, shape)))
      return this.node(op, inputs, shape, dtype, attributes);
    const parts = inputs.map((value) => this.reshape(value, sizeOf(value.shape) > 1 ? wide.shape : []));
    return this.reshape(this.elementwise(op, parts, dtype, attributes), shape);
  }

  private withoutBroadcasts(inputs: readonly GraphValue[], shape: readonly number[]): GraphValue[] {
    const slim = [...inputs];
    for (const [index, value] of inputs.entries()) {
      const smaller = this.smaller(value);
      if (smaller === undefined) continue;
      const others = slim.map((other, position) => (position === index ? smaller.shape : other.shape));
      if (sameShape(broadcastShape(others), shape)) slim[index] = smaller;
    }
    return slim;
  }

  private smaller(value: GraphValue): GraphValue | undefined {
    if (value.uniform !== undefined && value.shape.length > 0) return this.scalar(value.uniform, value.dtype);
    if (value.node?.op === 'Expand') return value.node.inputs[0];
    return undefined;
  }

  private squeezed(value: GraphValue, rank: number, kept: readonly number[]): GraphValue {
    if (sizeOf(value.shape) === 1) return this.reshape(value, []);
    const offset = rank - value.shape.length;
    const present = kept.filter((axis) => axis >= offset);
    return this.reshape(
      value,
      present.map((axis) => value.shape[axis - offset]!),
    );
  }

  private aligned(value: GraphValue, rank: number, permutation: readonly number[]): GraphValue {
    const padded = [...new Array<number>(rank - value.shape.length).fill(1), ...value.shape];
    return this.transpose(this.reshape(value, padded), permutation);
  }

  private name(prefix: string): string {
    return `${this.prefix}${prefix}_${this.counter++}`;
  }
}

function transposed(value: GraphValue): { base: GraphValue; permutation: readonly number[] } | undefined {
  const node = value.node;
  if (node?.op !== 'Transpose' || node.inputs[0] === undefined) return undefined;
  return { base: node.inputs[0], permutation: node.attributes.perm as readonly number[] };
}

// ONNX Runtime broadcasts in runs along the last axes; shorter ones cost more than the pass that is saved.
const SHORTEST_RUN = 16;

/** The broadcast under a reshape, if it repeats runs of some length. */
function reshapedBroadcast(value: GraphValue): GraphValue | undefined {
  const wide = value.node?.op === 'Reshape' ? value.node.inputs[0] : undefined;
  const narrow = wide?.node?.op === 'Expand' ? wide.node.inputs[0] : undefined;
  const run = wide?.shape.at(-1) ?? 1;
  return run >= SHORTEST_RUN && narrow?.shape.at(-1) === run ? wide : undefined;
}
