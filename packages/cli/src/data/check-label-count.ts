import { CrossmodalError } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/data';
import { headerAdvice } from './check-header.js';

/**
 * Checks that labels are as many as the rows that they are for.
 *
 * @param rows - the rows in words, such as `one a row of the modalities`
 * @throws CrossmodalError `shape` when they are not, with advice where the first may be a header.
 */
export function checkLabelCount(where: string, labels: LabelArray, count: number, rows: string): void {
  if (labels.length === count) return;
  // Text alone does not show whether its first line is a header.
  const isHeaded = labels.length === count + 1 && typeof labels[0] === 'string';
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `${count} labels, ${rows}`,
    received: String(labels.length),
    ...(isHeaded ? { advice: headerAdvice(labels[0] as string) } : {}),
  });
}
