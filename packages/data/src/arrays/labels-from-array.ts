import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { describeArray } from './describe-array.js';

/** Class of each sample: whole numbers, or text. */
export type LabelArray = Int32Array | readonly string[];

/**
 * Turns what a reader gave into labels: whole numbers in an array of `[n]`, `[n, 1]` or `[1, n]`, lines of text, or a
 * cell array of single lines. Values are kept as they are, from 0 or from 1.
 *
 * @throws CrossmodalError `shape` when the value is no vector; `value` when a label is no 32-bit whole number.
 */
export function labelsFromArray(value: ArrayValue, where = 'labelsFromArray'): LabelArray {
  if (value.kind === 'text' && vectorLength(value.shape) !== undefined) return value.items;
  if (value.kind === 'cell' && vectorLength(value.shape) !== undefined) {
    const lines = value.items.map((item) =>
      item.kind === 'text' && item.items.length <= 1 ? (item.items[0] ?? '') : undefined,
    );
    if (lines.every((line) => line !== undefined)) return lines;
  }
  if (value.kind !== 'array' || vectorLength(value.shape) === undefined) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'one label a sample, [n], [n, 1] or [1, n]',
      received: describeArray(value),
    });
  }
  const bad = value.values.findIndex((label) => label !== (label | 0));
  if (bad >= 0) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: 'labels that are whole numbers',
      received: `${value.values[bad]} at ${bad}`,
    });
  }
  return Int32Array.from(value.values);
}

/** Length of an array with one axis longer than 1 at the most. */
function vectorLength(shape: readonly number[]): number | undefined {
  if (shape.length === 0 || shape.length > 2) return undefined;
  const [n = 0, m = 1] = shape;
  return n === 1 || m === 1 ? n * m : undefined;
}
