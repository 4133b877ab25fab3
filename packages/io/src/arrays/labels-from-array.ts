import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue, NumericArray } from './array-value.js';
import { describeArray } from './describe-array.js';

/** Class of each sample: whole numbers, or text. */
export type LabelArray = Int32Array | readonly string[];

/**
 * Turns what a reader gave into labels: whole numbers or Booleans in an array of `[n]`, `[n, 1]` or `[1, n]`, lines of text, or a cell
 * array of single lines or single numbers. Values are kept as they are, from 0 or from 1.
 *
 * Where a number needs more than 32 bits, all labels are the digits as text, so that no two classes fall together.
 *
 * @throws CrossmodalError `shape` when the value is no vector of these; `value` when a label is not whole, is missing, or lies beyond 2^53
 * in a type that has gaps there.
 */
export function labelsFromArray(value: ArrayValue, where = 'labelsFromArray'): LabelArray {
  if (value.kind === 'opaque' && value.error !== undefined) throw value.error;
  const isVector = 'shape' in value && vectorLength(value.shape) !== undefined;
  if (isVector && value.kind === 'text') return value.items;
  if (isVector && value.kind === 'integers') return Array.from<bigint, string>(value.values, String);
  if (isVector && value.kind === 'array') return numericLabels(value, where);
  const held = isVector && value.kind === 'cell' ? cellLabels(value.items, where) : undefined;
  if (held !== undefined) return held;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'one label per sample, [n], [n, 1] or [1, n]',
    received: describeArray(value),
    ...adviceFor(value),
  });
}

function numericLabels({ values }: NumericArray, where: string): LabelArray {
  let isLong = false;
  for (let i = 0; i < values.length; i++) {
    const label = values[i]!;
    if (!Number.isInteger(label) || Math.abs(label) > 2 ** 53) throw badLabel(label, i, where);
    isLong ||= label !== (label | 0);
  }
  return isLong ? Array.from(values, String) : Int32Array.from(values);
}

function badLabel(label: number, row: number, where: string): CrossmodalError {
  const isMissing = Number.isNaN(label);
  const isLarge = Number.isInteger(label);
  return new CrossmodalError({
    code: 'value',
    where,
    expected: isMissing ? 'a label in every row' : 'labels that are whole numbers, exact to the last digit',
    received: `${label} in row ${row} (counted from 0)`,
    advice: isMissing
      ? 'Leave out the rows without a label, here and in the data, or give them a class of their own.'
      : isLarge
        ? 'Save the labels as 64-bit integers or as text.'
        : 'Give the classes whole numbers or names.',
  });
}

/** Labels of a cell array whose items are all single lines, or all single numbers. */
function cellLabels(items: readonly ArrayValue[], where: string): LabelArray | undefined {
  const lines: string[] = [];
  const numbers: number[] = [];
  for (const item of items) {
    if (item.kind === 'opaque' && item.error !== undefined) throw item.error;
    if (item.kind === 'text' && item.items.length <= 1) lines.push(item.items[0] ?? '');
    if (item.kind === 'array' && item.values.length === 1) numbers.push(item.values[0]!);
  }
  if (lines.length === items.length) return lines;
  if (numbers.length < items.length) return undefined;
  return numericLabels({ kind: 'array', shape: [numbers.length], values: Float64Array.from(numbers) }, where);
}

function adviceFor(value: ArrayValue): { readonly advice?: string } {
  if (value.kind === 'opaque' && value.advice !== undefined) return { advice: value.advice };
  if (value.kind !== 'struct') return {};
  const [field = 'field'] = value.fields.keys();
  return { advice: `Name one of its fields, as in NAME.${field}.` };
}

/** Length of an array with one axis longer than 1 at the most. */
function vectorLength(shape: readonly number[]): number | undefined {
  if (shape.length === 0 || shape.length > 2) return undefined;
  const [n = 0, m = 1] = shape;
  return n === 1 || m === 1 ? n * m : undefined;
}
