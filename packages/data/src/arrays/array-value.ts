import type { CsrMatrix, FloatArray } from '@crossmodal/core';

/** A dense array of numbers of any rank, C order. */
export interface NumericArray {
  readonly kind: 'array';
  /** Size along each axis; `[]` is a single number. */
  readonly shape: readonly number[];
  /** Values in C order (last axis fastest), 32 bits wherever that is exact for the stored type. */
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

/** A struct array: each field holds one value an element, C order. */
export interface StructArray {
  readonly kind: 'struct';
  readonly shape: readonly number[];
  readonly fields: ReadonlyMap<string, readonly ArrayValue[]>;
}

/** Something that was recognised and is no data, such as a function handle. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  /** What it is, for messages. */
  readonly description: string;
}

/** What a reader finds under one name. */
export type ArrayValue = NumericArray | CsrMatrix | CellArray | TextArray | StructArray | OpaqueValue;

/** Describes a value in a few words, for error messages: kind and shape. */
export function describeArray(value: ArrayValue): string {
  switch (value.kind) {
    case 'array':
      return value.shape.length === 0 ? 'a number' : `an array of ${value.shape.join(' x ')}`;
    case 'csr':
      return `a sparse matrix of ${value.rows} x ${value.columns}`;
    case 'cell':
      return `a cell array of ${value.shape.join(' x ')}`;
    case 'text':
      return `${value.items.length} lines of text`;
    case 'struct':
      return `a struct with fields ${[...value.fields.keys()].join(', ')}`;
    case 'opaque':
      return value.description;
  }
}
