import type { DenseMatrix } from '@crossmodal/core';
import { checkCount } from '@crossmodal/tensors';
import { checkLabels } from './check-labels.js';

/** Refuses labels that are not those of the rows of each modality. */
export function checkClusterings(
  where: string,
  features: readonly DenseMatrix[],
  labels: readonly Int32Array[],
  clusters: number,
): void {
  checkCount(where, 'lists of labels, one per modality', features.length, labels.length);
  features.forEach((own, v) => checkLabels(where, own, labels[v]!, clusters));
}
