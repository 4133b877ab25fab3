import type { CrossmodalError, CsrMatrix, FloatArray } from '@crossmodal/core';

/** A dense array of numbers of any rank, C order. */
export interface NumericArray {
  readonly kind: 'array';
  /** Size along each axis; `[]` is a single number. */
  readonly shape: readonly number[];
  /** Values in C order (last axis fastest): 32 bits where that is exact for the stored type, else 64. */
  readonly values: FloatArray;
}

/** A cell array: values of any kind, C order. */
export interface CellArray {
  readonly kind: 'cell';
  readonly shape: readonly number[];
  readonly items: readonly ArrayValue[];
}

/** Lines of text, shape `[n]`. */
export interface TextArray {
  readonly kind: 'text';
  readonly shape: readonly number[];
  readonly items: readonly string[];
}

/** A struct array: each field holds one value per element, C order. */
export interface StructArray {
  readonly kind: 'struct';
  readonly shape: readonly number[];
  readonly fields: ReadonlyMap<string, readonly ArrayValue[]>;
}

/** Something that was recognised and is no data, such as a function handle, or an item of a cell or struct that cannot be read. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  /** What it is, for messages. */
  readonly description: string;
  /** How to save it so that it can be read. */
  readonly advice?: string;
  /** Why an item cannot be read; a variable of its own would throw it. */
  readonly error?: CrossmodalError;
}

/**
 * Whole numbers of 64 bits of which some lie beyond 2^53, where doubles have gaps, C order. They serve as labels, which are compared
 * and never computed with; as features they are refused.
 */
export interface LargeIntegers {
  readonly kind: 'integers';
  readonly shape: readonly number[];
  readonly values: BigInt64Array | BigUint64Array;
}

/** What a reader finds under one name. */
export type ArrayValue =
  NumericArray | LargeIntegers | CsrMatrix | CellArray | TextArray | StructArray | OpaqueValue;
