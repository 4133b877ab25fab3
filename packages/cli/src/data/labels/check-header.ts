import { CrossmodalError } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/io';
import type { LabelSpec } from '../grammar/label-spec.js';

/** Advice for labels of which the first may be the name of their column. */
export function headerAdvice(first: string): string {
  return `If '${first}' is the name of the column, give it: PATH:${first}.`;
}

/**
 * Refuses labels of which the first looks like the name of their column: the table holds text alone, which does not show whether it has a
 * header, and that text is no label of any further row. Where it is a label, `header=no` or `rows=0:` says so.
 *
 * @param where - the option in messages, with what it was given
 * @param others - labels of the same objects from elsewhere
 * @throws CrossmodalError `value` when it does.
 */
export function checkHeader(where: string, spec: LabelSpec, labels: LabelArray, others: LabelArray): void {
  const { variable, rows, header } = spec;
  // Columns without a header are called column1, column2, ...
  const isNamed = variable !== undefined && !/^column\d+$/.test(variable);
  const first = labels[0];
  if (typeof first !== 'string' || isNamed || rows !== undefined || header !== undefined) return;
  if ([labels, others].some((list) => Array.from<number | string>(list).includes(first, 1))) return;
  throw new CrossmodalError({
    code: 'value',
    where,
    expected: 'a first label that some other row has too',
    received: `'${first}', which may be a header`,
    advice: `${headerAdvice(first)} If it is a label, say so: PATH,header=no.`,
  });
}
