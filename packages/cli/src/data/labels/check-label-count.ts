import { CrossmodalError, type Modality } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/io';
import { headerAdvice } from './check-header.js';

/**
 * Checks that labels are as many as the rows that they are for.
 *
 * @param rows - the rows in words, such as `one per row of the modalities`
 * @param modalities - those that the labels are for, whose columns may be the objects
 * @throws CrossmodalError `shape` when they are not, with advice where the first may be a header, or columns are as many.
 */
export function checkLabelCount(
  where: string,
  labels: LabelArray,
  count: number,
  rows: string,
  modalities: readonly Modality[] = [],
): void {
  if (labels.length === count) return;
  const advice = adviceFor(labels, count, modalities);
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `${count} labels, ${rows}`,
    received: String(labels.length),
    ...(advice === undefined ? {} : { advice }),
  });
}

function adviceFor(labels: LabelArray, count: number, modalities: readonly Modality[]): string | undefined {
  const turned = modalities.find(({ features }) => features.columns === labels.length);
  if (turned !== undefined) {
    return `'${turned.name}' has ${labels.length} columns: if those are the objects, add the key transpose to every such modality.`;
  }
  if (labels.length !== count + 1) return undefined;
  // Neither text alone nor a number shows whether the first line is a header.
  return typeof labels[0] === 'string'
    ? headerAdvice(labels[0])
    : 'If the first line of a table is the name of its column, say header=yes.';
}
