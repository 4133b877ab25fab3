/** Element types that appear in graphs; `int64` only for shapes, axes and indices inside a graph. */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64';

/** The typed arrays that hold values of an {@link ElementType}; booleans are bytes. */
export type ElementArray = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** A graph inside a node: the body of a loop. */
export interface Subgraph {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly initializers: readonly GraphValue[];
}

/** An attribute of a node: an integer, a list of integers, a float in its wrapper, a graph, or text. */
export type AttributeValue =
  number | readonly number[] | { readonly float: number } | { readonly body: Subgraph } | string;

/** Attributes of a node by name. */
export type NodeAttributes = Readonly<Record<string, AttributeValue>>;

/** One value of a graph, produced by a node, fed on each run, or constant. */
export interface GraphValue {
  /** Unique name in its graph. */
  readonly name: string;
  /** Static shape. */
  readonly shape: readonly number[];
  /** Element type. */
  readonly dtype: ElementType;
  /** The node that produces it; none for inputs and constants. */
  readonly node?: GraphNode;
  /** The numbers, if constant. */
  readonly constant?: ElementArray;
  /** The number that every element of a constant equals, if there is one. */
  readonly uniform?: number;
}

/** One operation of a graph. */
export interface GraphNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly attributes: NodeAttributes;
  readonly outputs: readonly GraphValue[];
}
