import type { ElementType, NodeAttributes } from '../types.js';

/** An operation that works element by element with broadcasting. */
export interface ElementwiseOperation {
  readonly op: string;
  /** Element type of the result. */
  readonly dtype: ElementType;
  readonly attributes: NodeAttributes;
}
