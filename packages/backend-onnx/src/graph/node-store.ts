import { toElementArray, uniformValue } from './constants.js';
import { describeAttributes } from './describe.js';
import { sameShape } from './shapes.js';
import type { ElementArray, ElementType, GraphNode, GraphValue, NodeAttributes } from './types.js';

/** What one output of a node looks like. */
export interface OutputSpec {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/** Collects the nodes and constants of one graph, in an order that is already topological; equal nodes become one. */
export class NodeStore {
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

  private name(prefix: string): string {
    return `${this.prefix}${prefix}_${this.counter++}`;
  }
}
