import { CrossmodalError } from '@crossmodal/core';

/**
 * One label an object: any numbers or strings, in an array or a typed array. Values are compared as they are
 * (`1` and `'1'` are two labels), and carry no order.
 */
export type Labels = ArrayLike<number | string>;

/** Labels as codes `0..values.length-1`, in ascending order of the values, numbers before strings. */
export interface EncodedLabels {
  /** The distinct labels. */
  readonly values: readonly (number | string)[];
  /** Index into `values` of each object, `[n]`. */
  readonly codes: Int32Array;
}

/**
 * Codes labels by their rank, so that the codes do not depend on the order of the rows.
 *
 * @param where - the function that errors name
 * @throws CrossmodalError `value` when a label is NaN, or neither a number nor a string.
 * @example
 * ```ts
 * const { codes, values } = encodeLabels(['cat', 'ant', 'cat'], 'example');
 * console.log(codes, values); // 1, 0, 1; ant, cat
 * ```
 */
export function encodeLabels(labels: Labels, where: string): EncodedLabels {
  const codeOf = new Map<number | string, number>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if ((typeof label !== 'number' && typeof label !== 'string') || Number.isNaN(label)) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'labels that are numbers or strings',
        received: `${String(label)} at index ${i}`,
      });
    }
    codeOf.set(label, 0);
  }
  const values = [...codeOf.keys()].sort(compareLabels);
  values.forEach((value, code) => codeOf.set(value, code));
  const codes = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) codes[i] = codeOf.get(labels[i]!)!;
  return { values, codes };
}

function compareLabels(a: number | string, b: number | string): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
