import type { ArrayValue } from './array-value.js';

/** Fields of a struct that are named. */
const LISTED = 12;

/** Describes a value in a few words, for error messages: kind and shape. */
export function describeArray(value: ArrayValue): string {
  switch (value.kind) {
    case 'array':
      return describeNumbers(value.shape);
    case 'integers':
      return `64-bit integers of ${value.shape.join(' x ') || 'one value'}`;
    case 'csr':
      return `a sparse matrix of ${value.rows} x ${value.columns}`;
    case 'cell':
      return `a cell array of ${value.shape.join(' x ')}`;
    case 'text':
      return describeText(value.items.length);
    case 'struct':
      return describeStruct([...value.fields.keys()], value.shape);
    case 'opaque':
      return value.description;
  }
}

/** Describes a dense array of that shape. */
export function describeNumbers(shape: readonly number[]): string {
  return shape.length === 0 ? 'a number' : `an array of ${shape.join(' x ')}`;
}

/** Describes text of so many lines. */
export function describeText(lines: number): string {
  return lines === 1 ? '1 line of text' : `${lines} lines of text`;
}

/** Describes a struct of those fields, and its shape where it is no single one. */
export function describeStruct(fields: readonly string[], shape: readonly number[]): string {
  const isOne = shape.every((size) => size === 1);
  const what = isOne ? 'a struct' : `a struct array of ${shape.join(' x ')}`;
  if (fields.length === 0) return `${what} without fields`;
  const listed = fields.slice(0, LISTED).map(printable);
  const more = fields.length > LISTED ? [`${fields.length - LISTED} more`] : [];
  return `${what} with fields ${[...listed, ...more].join(', ')}`;
}

/** A name with its control characters written out, so that a message cannot steer a terminal. */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}

/** Size along each axis, of the kinds that have axes. */
export function shapeOf(value: ArrayValue): readonly number[] | undefined {
  if (value.kind === 'opaque') return undefined;
  return value.kind === 'csr' ? [value.rows, value.columns] : value.shape;
}
